import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { root, run } from '../../support/process.js'
import { copyProject, type ProjectCopy } from '../project-copy.js'
import { readMe } from '../../support/login.js'

let copy: ProjectCopy
beforeAll(() => {
  copy = copyProject()
})
afterAll(() => copy.remove())

const build = async (...args: string[]): Promise<{ code: number | null; printed: string }> => {
  const running = run(process.execPath, ['scripts/build.js', ...args], { NO_COLOR: '1' }, copy.folder)
  const { code } = await running.ended
  return { code, printed: running.printed() }
}

const built = (): Record<string, string> => {
  const folder = join(copy.folder, 'dist')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const files = entries.map(({ parentPath, name }) => join(parentPath, name))
  return Object.fromEntries(files.map(file => [file, readFileSync(file, 'utf8')]))
}

describe('a build', () => {
  test('says what it waits for, and leaves nothing of a file that src/ no longer has', async () => {
    mkdirSync(join(copy.folder, 'dist'))
    copy.write('dist/gone.js', '')
    const { code, printed } = await build('--if-needed')
    expect(printed).toMatch(
      /^Building dist\/: .*types.*compiling.*\n.*[Tt]ypes.*the compiler …\ndist\/ built in \S+ s\.\n$/
    )
    expect(code).toBe(0)
    expect(existsSync(join(copy.folder, 'dist/main.js'))).toBe(true)
    expect(existsSync(join(copy.folder, 'dist/gone.js'))).toBe(false)
  })

  test('is not needed again when every file is only newer, as in a copy or a clone', async () => {
    for (const file of ['openapi.yaml', 'src/main.ts', 'src/operations/index.ts', 'scripts/build.js']) {
      const later = Date.now() / 1000 + 3600
      utimesSync(join(copy.folder, file), later, later)
    }
    expect(await build('--if-needed')).toEqual({ code: 0, printed: '' })
  })

  test('of code that the compiler refuses, with types made anew, fails with what it says, and leaves dist/ as it was', async () => {
    const before = built()
    copy.edit('openapi.yaml', 'const: bearer', 'const: mac')
    const { code, printed } = await build('--if-needed')
    copy.edit('openapi.yaml', 'const: mac', 'const: bearer')
    expect(printed).toMatch(
      /generated\/openapi\.d\.ts written.*\n[^]*src\/operations\/login\.ts\(\d+,\d+\): error TS2322/
    )
    expect(code).toBe(1)
    expect(built()).toEqual(before)
    expect(await build('--if-needed')).toEqual({ code: 0, printed: '' })
  })

  test('of a contract that cannot be read fails with its place', async () => {
    copy.edit('openapi.yaml', 'operationId: login', 'operationID: login')
    const { code, printed } = await build('--if-needed')
    copy.edit('openapi.yaml', 'operationID: login', 'operationId: login')
    expect(printed).toMatch(/\nopenapi\.yaml:\d+:\d+ {2}`operationID` isn't known/)
    expect(code).toBe(1)
  })

  test('of code that cannot be read fails with its place, without a stack, and leaves nothing behind', async () => {
    const made = (): string[] => readdirSync(tmpdir()).filter(name => name.startsWith('dist-'))
    const before = made()
    copy.edit('src/services.ts', 'export ', 'export = ')
    const { code, printed } = await build('--if-needed')
    copy.edit('src/services.ts', 'export = ', 'export ')
    expect(printed).toMatch(/\n\s+src\/services\.ts:\d+:\d+:\n/)
    expect(printed).not.toMatch(/^\s+at /m)
    expect([code, made()]).toEqual([1, before])
  })
})

describe('with production dependencies only', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const start = `${scripts['prestart'] ?? ''} && exec ${scripts['start'] ?? ''}`

  beforeAll(async () => {
    expect((await build('--if-needed')).code).toBe(0)
    rmSync(join(copy.folder, 'node_modules'))
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
    const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> }
    for (const [folder, { dev, devOptional }] of Object.entries(packages)) {
      const isTop = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(folder)
      if (!isTop || (dev ?? devOptional ?? false) || !existsSync(join(root, folder))) continue
      mkdirSync(dirname(join(copy.folder, folder)), { recursive: true })
      symlinkSync(join(root, folder), join(copy.folder, folder))
    }
  })

  test('what npm start does serves a dist/ that is built', async () => {
    const running = run('sh', ['-c', start], { HOST: '127.0.0.1', PORT: '0' }, copy.folder)
    const [, port] = await running.until(/Listening on http:\/\/[^\s"]+:(\d+)\D/)
    expect((await readMe(Number(port), 'johndoe')).status).toBe(200)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
  })

  test.each([
    [
      'is out of date',
      () => copy.edit('src/operations/login.ts', 'Incorrect', 'Wrong'),
      "dist/ isn't what the sources now say"
    ],
    ['is missing', () => rmSync(join(copy.folder, 'dist'), { recursive: true }), "dist/ isn't built"]
  ])('it says in one sentence what to do when dist/ %s', async (_name, change, why) => {
    change()
    const running = run('sh', ['-c', start], { PORT: '0' }, copy.folder)
    expect((await running.ended).code).toBe(1)
    const installed = "esbuild, typescript, openapi-typescript aren't installed"
    expect(running.printed()).toBe(`${why}, and ${installed}: run \`npm ci && npm run build\`, then try again.\n`)
  })
})
