/** What `scripts/Dockerfile` says is done without an engine: its commands in empty folders, its CMD as a process. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { settings } from '../../src/config.js'
import { root, run, type Running } from '../support/process.js'
import { listenAnywhere } from '../support/server.js'
import { type Built, buildStages } from './build-stages.js'
import { only, stagesOf, variablesOf } from './instructions.js'

const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const stages = stagesOf(read('scripts/Dockerfile'))
const [building, image, ...others] = stages
if (!building || !image || others.length > 0) throw new Error('The Dockerfile should have two stages.')
const environment = variablesOf(image)
const names = new Set<string>(Object.values(settings).map(({ name }) => name))

const folder = mkdtempSync(join(tmpdir(), 'image-'))
let built: Built
beforeAll(async () => {
  const [, last] = await buildStages(stages, read('scripts/Dockerfile.dockerignore'), folder)
  if (!last) throw new Error('Nothing was built.')
  built = last
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true }))

const started: Running[] = []
afterAll(() => {
  for (const { child } of started) child.kill('SIGKILL')
})

/** Starts words of the Dockerfile as it does in a container of the image, but on other ports. */
const start = ([program = '', ...args]: readonly string[], ports: Readonly<Record<string, string>>): Running => {
  const command = program === 'node' ? process.execPath : program
  const running = run(command, args, { ...environment, ...ports }, built.workdir)
  started.push(running)
  return running
}

/** All files of a folder, with who may read them, and when they were written. */
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).map(name => {
    const { mode, mtimeMs } = statSync(join(path, name))
    return `${name} ${(mode & 0o777).toString(8)} ${mtimeMs}`
  })

/** Serves a status at /readyz only, and says what the HEALTHCHECK comes to. */
const checked = async (status: number): Promise<number | null> => {
  const server = createServer(({ url }, response) => response.writeHead(url === '/readyz' ? status : 404).end())
  const { port, close } = await listenAnywhere(server)
  try {
    return (await health(port).ended).code
  } finally {
    await close()
  }
}

const health = (port: number): Running => {
  const command: unknown = JSON.parse(only(image, 'HEALTHCHECK').text.replace(/^CMD /, ''))
  return start(Array.isArray(command) ? command.map(String) : [], { MANAGEMENT_PORT: String(port) })
}

describe('the image', () => {
  test('is made of the official slim Node that builds it, and runs as another user than root', () => {
    for (const { from } of stages) expect(from).toMatch(/^node:\d+-slim$/)
    expect(new Set(stages.map(({ from }) => from)).size).toBe(1)
    expect(only(image, 'USER').text).toBe('node')
    expect(only(image, 'STOPSIGNAL').text).toBe('SIGTERM')
  })

  test('starts the server as npm start does, with settings that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }
    expect(only(image, 'CMD').args.join(' ')).toBe(scripts['start'])
    const unknown = Object.keys(environment).filter(name => !names.has(name))
    expect(unknown).toEqual([])
  })

  test('has no development dependencies, no sources, and nothing that its user may not read', () => {
    expect(readdirSync(built.workdir).sort()).toEqual(
      ['data', 'dist', 'node_modules', 'openapi.yaml', 'package-lock.json', 'package.json'].sort()
    )
    const installed = readdirSync(join(built.workdir, 'node_modules'))
    expect(installed).toContain('express')
    for (const name of ['typescript', 'jest', 'esbuild']) expect(installed).not.toContain(name)
    expect(filesIn(built.workdir).filter(file => !/ [67][4-7][4-7] /.test(file))).toEqual([])
  })

  test('serves, writes nothing, and ends by its signal', async () => {
    const before = filesIn(built.workdir)
    const server = start(only(image, 'CMD').args, { PORT: '0', MANAGEMENT_PORT: '0' })
    const [, port = ''] = await server.until(/Listening on http:\/\/0\.0\.0\.0:(\d+)\D/)
    const answer = await fetch(`http://127.0.0.1:${port}/openapi.json`)
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ paths: expect.anything() })])
    server.child.kill('SIGTERM')
    expect(await server.ended).toEqual({ code: 0, signal: null })
    expect(filesIn(built.workdir)).toEqual(before)
  })
})

describe('its HEALTHCHECK', () => {
  test('is passed by a server that is ready, and by no other', async () => {
    expect(await Promise.all([checked(200), checked(503), health(1).ended.then(({ code }) => code)])).toEqual([0, 1, 1])
  })

  test('is passed by the server itself', async () => {
    const { port, close } = await listenAnywhere(createServer())
    await close()
    const server = start(only(image, 'CMD').args, { PORT: '0', MANAGEMENT_PORT: String(port) })
    await server.until(/Listening on /)
    expect(await health(port).ended).toEqual({ code: 0, signal: null })
    await server.stop()
  })
})
