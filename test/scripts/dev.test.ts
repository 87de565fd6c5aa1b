import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { logIn, readMe, send } from '../../scripts/contract-tests/client.js'
import { copyProject, type ProjectCopy } from '../support/project-copy.js'
import { run, type Running } from '../support/process.js'

let copy: ProjectCopy
let dev: Running
let port = 0
beforeAll(async () => {
  copy = copyProject()
  dev = run(process.execPath, ['--import', 'tsx', 'scripts/dev.ts'], { PORT: '0' }, copy.folder)
  const [, printed] = await dev.until(/Listening on http:\/\/\S+:(\d+)\n/)
  port = Number(printed)
  await dev.until(/Found 0 errors/)
}, 60_000)
afterAll(async () => {
  dev.child.kill('SIGTERM')
  await dev.ended
  copy.remove()
})

/** The title of the contract that is being served. */
const title = async (): Promise<string> =>
  ((await send(port, { path: '/openapi.json' })).json as { info: { title: string } }).info.title

describe('npm run dev', () => {
  test('serves a save within 300 ms, in the median of 15, without a restart or a failed request', async () => {
    const text = copy.read('openapi.yaml')
    const times: number[] = []
    const before = dev.printed().length
    for (let i = 0; i < 15; i += 1) {
      const wanted = `Edit ${i}`
      copy.write('openapi.yaml', text.replace(/title: .*/, `title: ${wanted}`))
      const saved = performance.now()
      while ((await title()) !== wanted) expect((await readMe(port, 'johndoe')).status).toBe(200)
      times.push(performance.now() - saved)
    }
    const median = times.sort((a, b) => a - b)[7] ?? Infinity
    expect(median).toBeLessThan(300)
    expect(dev.printed().slice(before)).not.toContain('Listening')
    copy.write('openapi.yaml', text)
    while ((await title()).startsWith('Edit')) expect((await readMe(port, 'johndoe')).status).toBe(200)
  }, 60_000)

  test('prints the findings of a save that cannot be served, and goes on with the last good contract', async () => {
    const text = copy.read('openapi.yaml')
    const before = dev.printed().length
    copy.write('openapi.yaml', text.replace('paths:', 'paths: ['))
    await dev.until(/the last good one still is:\nopenapi\.yaml:\d+:\d+ {2}isn't well-formed YAML/, before)
    expect((await logIn(port, 'username=johndoe&password=secret')).status).toBe(200)
    copy.write('openapi.yaml', `${text}# good again\n`)
    await dev.until(/openapi\.yaml swapped\nNo changes\./, before)
    copy.write('openapi.yaml', text)
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
  }, 30_000)

  test('makes the types anew on a save, and prints what no longer fits, with file and line', async () => {
    const before = dev.printed().length
    copy.edit('openapi.yaml', 'const: bearer', 'const: mac')
    await dev.until(/src\/operations\/login\.ts\(4,14\): error TS2322/, before)
    expect(copy.read('generated/openapi.d.ts')).toContain('token_type: "mac"')
    await dev.until(/openapi\.yaml swapped\nbreaks +openapi\.yaml:\d+:\d+ .*token_type/, before)
    const again = dev.printed().length
    copy.edit('openapi.yaml', 'const: mac', 'const: bearer')
    await dev.until(/Found 0 errors/, again)
  }, 30_000)

  test('starts the process again when a file under src is saved', async () => {
    const before = dev.printed().length
    copy.edit('src/operations/login.ts', 'Incorrect username or password', 'Nope')
    const [, printed] = await dev.until(/the server starts again[^]*Listening on http:\/\/\S+:(\d+)\n/, before)
    port = Number(printed)
    expect((await logIn(port, 'username=johndoe&password=wrong')).json).toEqual({ detail: 'Nope' })
  }, 30_000)
})
