import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { send } from '../../../scripts/contract-tests/client.js'
import { copyProject, type ProjectCopy } from '../project-copy.js'
import { performSteps, steps } from '../readme-edits.js'
import { run, type Running } from '../../support/process.js'
import { logIn, readMe } from '../../support/login.js'

let copy: ProjectCopy
let dev: Running
let port = 0
beforeAll(async () => {
  copy = copyProject()
  dev = run(process.execPath, ['scripts/run.js', 'scripts/dev.ts'], { PORT: '0', NO_COLOR: '1' }, copy.folder)
  const [, printed] = await dev.until(/Listening on http:\/\/\S+:(\d+)\n/)
  port = Number(printed)
  await dev.until(/Found 0 errors/)
})
afterAll(async () => {
  dev.child.kill('SIGTERM')
  await dev.ended
  copy.remove()
})

/** The title of the contract that is being served. */
const title = async (): Promise<string> =>
  ((await send(port, { path: '/openapi.json' })).json as { info: { title: string } }).info.title

/** Asks the server that listened last until it answers what is wanted. One that is being ended may not answer at all. */
const eventually = async (ask: () => Promise<unknown>, wanted: unknown): Promise<void> => {
  for (let answer: unknown; answer !== wanted;) {
    port = Number([...dev.printed().matchAll(/Listening on http:\/\/\S+:(\d+)\n/g)].at(-1)?.[1])
    answer = await ask().catch(() => undefined)
    await setTimeout(10)
  }
}

/** What an open page is told first: why it doesn't show what is in the file; `null` if it does. */
const problemOnPage = async (): Promise<unknown> => {
  const answer = await fetch(`http://127.0.0.1:${port}/docs/events`)
  let text = ''
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString()
    const [, data] = /^data: (.*)\n\n/m.exec(text) ?? []
    if (data !== undefined) return (JSON.parse(data) as { problem: unknown }).problem
  }
  throw new Error(`the page was told nothing:\n${text}`)
}

const detailOfRefusal = async (): Promise<unknown> =>
  ((await logIn(port, 'username=johndoe&password=wrong')).json as { detail: unknown }).detail

/** How long this machine now takes to start a process that does nothing, in milliseconds; some 40 when it is idle. */
const startOfProcess = async (): Promise<number> => {
  const started = performance.now()
  await once(spawn(process.execPath, ['-e', '']), 'exit')
  return performance.now() - started
}

describe('npm run dev', () => {
  test('says what it waits for, from the start', () => {
    expect(dev.printed()).toMatch(
      /^Starting the server …\nMaking the types .*…\n[^]*Starting the compiler …\n[^]*Found 0 errors/
    )
  })

  test('serves a save within 300 ms, in the median of 9, or longer on a busy machine, without a restart or a failed request', async () => {
    const text = copy.read('openapi.yaml')
    const times: number[] = []
    const starts: number[] = []
    const before = dev.printed().length
    for (let i = 0; i < 9; i += 1) {
      const wanted = `Edit ${i}`
      copy.write('openapi.yaml', text.replace(/title: .*/, `title: ${wanted}`))
      const saved = performance.now()
      while ((await title()) !== wanted) expect((await readMe(port, 'johndoe')).status).toBe(200)
      times.push(performance.now() - saved)
      starts.push(await startOfProcess())
    }
    const median = (values: number[]): number => values.sort((a, b) => a - b)[4] ?? Infinity
    expect(median(times)).toBeLessThan(Math.max(300, 8 * median(starts)))
    expect(dev.printed().slice(before)).not.toContain('Listening')
    copy.write('openapi.yaml', text)
    while ((await title()).startsWith('Edit')) expect((await readMe(port, 'johndoe')).status).toBe(200)
    await dev.until(/(?:openapi\.yaml swapped\nNo changes\.\n[^]*){10}/, before) // told once who asked is answered
  })

  test('prints the findings of a save that cannot be served, and goes on with the last good contract', async () => {
    const text = copy.read('openapi.yaml')
    const before = dev.printed().length
    copy.write('openapi.yaml', text.replace('paths:', 'paths: ['))
    await dev.until(/the last good one still is:\nopenapi\.yaml:\d+:\d+ {2}isn't well-formed YAML/, before)
    expect((await logIn(port, 'username=johndoe&password=secret')).status).toBe(200)
    copy.write('openapi.yaml', `${text}# good again\n`)
    await dev.until(/openapi\.yaml swapped\nNo changes\./, before)
    const again = dev.printed().length
    copy.write('openapi.yaml', text)
    await dev.until(/openapi\.yaml swapped\nNo changes\./, again)
  })

  test('says what is wrong with a save, in the terminal and on the page, until it is undone', async () => {
    const text = copy.read('openapi.yaml')
    const before = dev.printed().length
    copy.write('openapi.yaml', text.replace('operationId: login', 'operationID: login'))
    await dev.until(/the last good one still is:\n.*`operationID`/, before)
    expect(await problemOnPage()).toContain('`operationID`')
    copy.write('openapi.yaml', text)
    await dev.until(/openapi\.yaml is again what is being served\.\n/, before)
    expect(await problemOnPage()).toBeNull()
  })

  test('says that a file which was gone is there again', async () => {
    const text = copy.read('openapi.yaml')
    const before = dev.printed().length
    rmSync(join(copy.folder, 'openapi.yaml'))
    await dev.until(/openapi\.yaml/, before)
    copy.write('openapi.yaml', text)
    await dev.until(/openapi\.yaml is again what is being served\.\n/, before)
  })

  test('outlives whatever an edit looks like halfway', async () => {
    const text = copy.read('openapi.yaml')
    const before = dev.printed().length
    copy.write('openapi.yaml', text.replace('summary: Log in', 'summary: *all'))
    await dev.until(/isn't well-formed YAML: the alias `\*all` has no anchor/, before)
    copy.write('openapi.yaml', text.replace('operationId: readUsersMe', 'operationId: login'))
    await dev.until(/The operationId `login` is used more than once/, before)
    rmSync(join(copy.folder, 'openapi.yaml'))
    await dev.until(/ENOENT/, before)
    copy.write('openapi.yaml', text.replace('title: ', 'title: Again '))
    while (!(await title()).startsWith('Again')) expect((await readMe(port, 'johndoe')).status).toBe(200)
    copy.write('openapi.yaml', text)
    while ((await title()).startsWith('Again')) expect((await readMe(port, 'johndoe')).status).toBe(200)
  })

  test('makes the types anew on a save, and prints what no longer fits, with file and line', async () => {
    const before = dev.printed().length
    copy.edit('openapi.yaml', 'const: bearer', 'const: mac')
    await dev.until(/src\/operations\/login\.ts\(5,14\): error TS2322/, before)
    expect(copy.read('generated/openapi.d.ts')).toContain('token_type: "mac"')
    await dev.until(/openapi\.yaml swapped\nbreaks +openapi\.yaml:\d+:\d+ .*token_type/, before)
    const again = dev.printed().length
    copy.edit('openapi.yaml', 'const: mac', 'const: bearer')
    await dev.until(/Found 0 errors/, again)
  })

  test('starts the process again when a file under src is saved', async () => {
    const before = dev.printed().length
    copy.edit('src/operations/login.ts', 'Incorrect username or password', 'Nope')
    const [, printed] = await dev.until(/the server starts again[^]*Listening on http:\/\/\S+:(\d+)\n/, before)
    port = Number(printed)
    expect((await logIn(port, 'username=johndoe&password=wrong')).json).toEqual({ detail: 'Nope' })
  })

  test('serves what was saved last when files under src are saved while it starts again', async () => {
    let said = 'Nope'
    for (const next of ['Nope 1', 'Nope 2', 'Nope 3', 'Nope 4']) {
      const before = dev.printed().length
      copy.edit('src/operations/login.ts', `'${said}'`, `'${next}'`)
      said = next
      await dev.until(/the server starts again/, before)
    }
    await eventually(detailOfRefusal, said)
    copy.edit('src/operations/login.ts', `'${said}'`, "'Nope'")
    await eventually(detailOfRefusal, 'Nope')
  })

  test('serves a contract that is saved while it starts again', async () => {
    const text = copy.read('openapi.yaml')
    const before = dev.printed().length
    copy.edit('src/operations/login.ts', "'Nope'", "'No'")
    await dev.until(/the server starts again/, before)
    copy.write('openapi.yaml', text.replace(/title: .*/, 'title: Meanwhile'))
    await eventually(title, 'Meanwhile')
    copy.write('openapi.yaml', text)
    await eventually(detailOfRefusal, 'No')
  })

  test('starts again after each save of an editor that puts a new file in the place of the old one', async () => {
    const file = 'src/operations/login.ts'
    let said = 'No'
    for (const next of ['Never', 'Not now']) {
      copy.write('login.new', copy.read(file).replace(`'${said}'`, `'${next}'`))
      renameSync(join(copy.folder, 'login.new'), join(copy.folder, file))
      said = next
      await eventually(detailOfRefusal, next)
    }
  })
})

describe('the README', () => {
  test('has three edits of the contract, and says what follows from them', () => {
    expect(steps.map(({ kind }) => kind).join(' ')).toBe(
      'diff text sh-session diff text sh-session ts diff text diff text'
    )
  })

  test('does in every step what it says', async () => {
    port = Number(await performSteps(copy, dev, String(port)))
    expect((await send(port, { path: '/users/me' })).status).toBe(401) // the last good contract
  })
})
