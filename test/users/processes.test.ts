import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { connectSqlite } from '../../src/database/sqlite-library.js'
import { isInstalled } from '../support/installed.js'
import { root, run, type Running } from '../support/process.js'
import { canary, usersHere } from './users-here.js'

const here = usersHere()
const { users } = here
const environment = { DATABASE_URL: here.url }
let printed = ''
afterAll(() => {
  here.remove()
  expect(printed).not.toContain(canary)
  expect(printed).not.toContain('$argon2')
})

const processes: Running[] = []
const started = <R extends Running>(running: R): R => {
  processes.push(running)
  return running
}
afterEach(() => {
  for (const { child, printed: of } of processes.splice(0)) {
    child.kill('SIGKILL')
    printed += of()
  }
})

const commandLine = (...args: readonly string[]): Running =>
  started(run(process.execPath, ['dist/users.js', ...args], environment))

/** Runs a command with a standard input to write to. */
const spawned = (command: string, args: readonly string[]) => {
  const child = spawn(command, args, { cwd: root, env: { ...process.env, ...environment } })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = once(child, 'close').then(([code]) => {
    printed += output + errors
    return { code: code as number | null, output, errors }
  })
  return { child, ended }
}

describe('the command line', () => {
  test('adds a user with the password on standard input', async () => {
    const { child, ended } = spawned(process.execPath, ['dist/users.js', 'add', 'johndoe'])
    child.stdin.end(`${canary}\n`)
    const { code, output, errors } = await ended
    expect([code, output]).toEqual([0, 'Added johndoe.\n'])
    expect(JSON.parse(errors)).toMatchObject({ msg: 'users.add', username: 'johndoe', by: expect.any(String) })
  })

  test('fails with a sentence and its exit code', async () => {
    const [wrong, unset] = [commandLine('lst'), started(run(process.execPath, ['dist/users.js', 'list']))]
    expect(await wrong.ended).toEqual({ code: 2, signal: null })
    expect(wrong.printed()).toBe('lst is no command. See node dist/users.js --help\n')
    expect(await unset.ended).toEqual({ code: 1, signal: null })
    expect(unset.errors()).toMatch(/^DATABASE_URL isn't set, which says where the users are: .*\.\n$/)
  })

  test('takes the database of the file that DATABASE_URL_FILE names', async () => {
    const file = join(here.folder, 'url')
    writeFileSync(file, `${here.url}\n`)
    const inFile = (name: string): Running =>
      started(run(process.execPath, ['dist/users.js', 'show', 'johndoe'], { DATABASE_URL_FILE: name }))
    const [found, missing] = [inFile(file), inFile(`${file}s`)]
    expect(await found.ended).toEqual({ code: 0, signal: null })
    expect(found.output()).toContain('johndoe')
    expect(await missing.ended).toEqual({ code: 1, signal: null })
    expect(missing.errors()).toBe(`DATABASE_URL_FILE names ${file}s, which can't be read (ENOENT).\n`)
  })

  test('ends quietly when nobody reads on', async () => {
    const sqlite = await connectSqlite(here.url.slice('sqlite:'.length))
    sqlite.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)
      insert into users (username, scopes, version, password_hash, created_at) select 'user' || i, '', 1, '', 0 from n`)
    sqlite.close()
    const { child, ended } = spawned(process.execPath, ['dist/users.js', 'list'])
    child.stdout.destroy()
    expect(await ended).toMatchObject({ code: 0, errors: '' })
  })

  test('adds each name once when ten processes add the same ten at once', async () => {
    const file = join(here.folder, 'password')
    writeFileSync(file, canary)
    const names = Array.from('0123456789', digit => `same${digit}`)
    const all = names.map((_, first) => {
      const rotated = [...names.slice(first), ...names.slice(0, first)]
      return started(run(process.execPath, ['test/users/add-all.js', file, ...rotated], environment))
    })
    const endings = await Promise.all(all.map(({ ended }) => ended))
    expect(endings).toEqual(endings.map(() => ({ code: 0, signal: null })))
    const lines = all.flatMap(({ printed }) => printed().trimEnd().split('\n'))
    const linesOf = (pattern: RegExp): string[] => lines.filter(line => pattern.test(line)).sort()
    expect(linesOf(/^Added/)).toEqual(names.map(name => `Added ${name}.`))
    expect(linesOf(/"users\.add"/)).toHaveLength(10)
    expect(linesOf(/^There is a user same\d already\.$/)).toHaveLength(90)
    expect([linesOf(/^0$/).length, linesOf(/^1$/).length]).toEqual([10, 90])
    expect(lines).toHaveLength(210)
  })
})

// That of BSD takes its command in another way.
const hasScript = process.platform === 'linux' && isInstalled('script', 'asking for passwords at a terminal')

;(hasScript ? describe : describe.skip)('at a terminal of its own', () => {
  /** Types an answer whenever a question has come. Returns all that was on the screen, with what the terminal is then. */
  const typing = async (command: string, answers: readonly string[]): Promise<string> => {
    const line = `node dist/users.js ${command}; echo "code $?"; stty -a`
    const { child, ended } = spawned('script', ['-qec', line, '/dev/null'])
    let asked = 0
    child.stdout.on('data', (text: string) => {
      const answer = text.endsWith(': ') ? answers[asked++] : undefined
      if (answer !== undefined) child.stdin.write(answer)
    })
    return (await ended).output
  }
  const echoes = /[; ]echo /

  test('a password is typed and pasted unseen', async () => {
    const screen = await typing('add typed', [`${canary}x\u007f\r`, `rubbish\u0015${canary}\r`])
    expect(screen).toMatch(/^New password of typed: \r\nThe same again: \r\nAdded typed\.\r\ncode 0\r\n/)
    expect(screen).toMatch(echoes)
    const pasted = await typing('password typed', [`${canary} é\r${canary} é\r`])
    expect(pasted).toMatch(/\nChanged the password of typed, whose tokens have ended\.\r\ncode 0\r\n/)
  })

  test('Ctrl-C changes nothing, and leaves the terminal as it was', async () => {
    const screen = await typing('add stopped', [`${canary}\r`, 'corr\u0003'])
    expect(screen).toMatch(/^New password of stopped: \r\nThe same again: \r\nNothing was changed\.\r\ncode 130\r\n/)
    expect(screen).toMatch(echoes)
    expect((await users(['show', 'stopped'])).code).toBe(1)
  })
})
