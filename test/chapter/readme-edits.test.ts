import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { copyProject, type ProjectCopy } from './project-copy.js'
import { isInstalled } from '../support/installed.js'
import { root, run, type Running } from '../support/process.js'

/** The steps of the README's "Edit the contract", and of those that follow in `scripts/dev/`: what its blocks say to do, and what they say will be seen. */
interface Step {
  readonly kind: 'diff' | 'text' | 'sh-session' | 'ts'
  readonly content: string
}

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const section =
  readme.slice(readme.indexOf('## Edit the contract'), readme.indexOf('## Start your own API')) +
  readFileSync(join(root, 'scripts/dev/README.md'), 'utf8')
const steps = [...section.matchAll(/^```(\S+)\n([^]*?)^```$/gm)].map(
  ([, kind = '', content = '']) => ({ kind, content }) as Step
)

let copy: ProjectCopy
let dev: Running
let port = ''
let read = 0 // how much of what `npm run dev` prints has been seen before the last edit
beforeAll(async () => {
  copy = copyProject()
  dev = run(process.execPath, ['--import', 'tsx', 'scripts/dev.ts'], { PORT: '0', NO_COLOR: '1' }, copy.folder)
  ;[, port = ''] = await dev.until(/Listening on http:\/\/\S+:(\d+)\n/)
  await dev.until(/Found 0 errors/)
})
afterAll(async () => {
  dev.child.kill('SIGTERM')
  await dev.ended
  copy.remove()
})

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

// The README tells the lines of the contract as it comes; whoever edits it needn't edit the README, too.
const withoutLines = (text: string): string => text.replaceAll(/(openapi\.yaml:)\d+/g, '$1LINE')
const printing = (output: string): RegExp =>
  new RegExp(escape(withoutLines(output)).replaceAll('LINE', String.raw`\d+`))

const applyDiff = (diff: string): void => {
  const lines = diff.replace(/\n$/, '').split('\n')
  const side = (dropped: string): string =>
    lines
      .filter(line => !line.startsWith(dropped))
      .map(line => `${line.slice(1)}\n`)
      .join('')
  const file = ['openapi.yaml', 'src/operations/index.ts'].find(name => copy.read(name).includes(side('+')))
  if (file === undefined) throw new Error(`nothing in the project is like this:\n${side('+')}`)
  copy.edit(file, side('+'), side('-'))
}

const here = (text: string): string => text.replaceAll('127.0.0.1:8000', `127.0.0.1:${port}`)

const hasCurl = isInstalled('curl', "what the README's edits are answered")

const perform: Record<Step['kind'], (content: string) => Promise<void>> = {
  diff: diff => {
    read = dev.printed().length
    applyDiff(diff)
    return Promise.resolve()
  },
  ts: code => {
    const [, file = ''] = /^\/\/ (\S+)\n/.exec(code) ?? []
    copy.write(file, code)
    return Promise.resolve()
  },
  text: async output => {
    await dev.until(printing(output.trimEnd()), read)
    const restarted = output.startsWith('src has changed')
    if (!restarted) return
    ;[, port = ''] = await dev.until(/Listening on http:\/\/\S+:(\d+)\n/, read)
  },
  'sh-session': async session => {
    if (!hasCurl) return
    for (const part of session.split(/^\$ /m).filter(one => one !== '')) {
      const [command = '', ...output] = part.split('\n')
      const { stdout } = await promisify(execFile)('sh', ['-c', here(command)])
      expect(withoutLines(stdout.replaceAll('\r', ''))).toBe(withoutLines(output.join('\n')))
    }
  }
}

test('the section has three edits of the contract, and says what follows from them', () => {
  expect(steps.map(({ kind }) => kind).join(' ')).toBe(
    'diff text sh-session diff text sh-session ts diff text diff text'
  )
})

test('every step of it does what it says', async () => {
  for (const { kind, content } of steps) await perform[kind](content)
  expect((await fetch(here('http://127.0.0.1:8000/users/me'))).status).toBe(401) // the last good contract
})
