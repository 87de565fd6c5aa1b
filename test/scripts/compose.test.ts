import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readConfig, settings } from '../../src/config.js'
import { fileVariableOf } from '../../src/setting.js'
import { isInstalled } from '../support/installed.js'
import { root } from '../support/process.js'

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly environment: Readonly<Record<string, string>>
  readonly secrets: readonly string[]
  readonly volumes?: readonly string[]
}
interface Compose {
  readonly services: Readonly<Record<'server' | 'postgres', Service>>
  readonly volumes: object
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

const text = readFileSync(join(root, 'scripts/compose.yaml'), 'utf8')
const { services, volumes, secrets } = parse(text) as Compose
const { server, postgres } = services
const fileOf = (secret: string): string => relative(root, resolve(root, 'scripts', secrets[secret]?.file ?? ''))

describe('compose.yaml', () => {
  test('sets nothing for the server but settings that there are, and secrets by files only', () => {
    const all = Object.values(settings)
    const plain = all.filter(({ isSecret }) => !isSecret).map(({ name }) => name)
    const known = [...plain, ...all.flatMap(setting => fileVariableOf(setting) ?? [])]
    expect(Object.keys(server.environment).filter(name => !known.includes(name))).toEqual([])
  })

  test('hands each service the secrets that it reads, and no others', () => {
    for (const { environment, secrets: handed } of [server, postgres]) {
      const files = Object.entries(environment).filter(([name]) => name.endsWith('_FILE'))
      expect(files.map(([, file]) => file).sort()).toEqual(handed.map(name => `/run/secrets/${name}`).sort())
      expect(handed.filter(name => !(name in secrets))).toEqual([])
    }
    expect(postgres.volumes?.map(volume => volume.replace(/:.*/, ''))).toEqual(Object.keys(volumes))
  })

  test('builds the image of a Dockerfile that there is, in the folder of the project', () => {
    const context = resolve(root, 'scripts', server.build?.context ?? '')
    expect(`${context}/`).toBe(root)
    expect(existsSync(join(context, server.build?.dockerfile ?? ''))).toBe(true)
  })
})

const withOpenssl = isInstalled('openssl', 'making the secrets of compose.yaml') ? describe : describe.skip

withOpenssl('the secrets that its commands make', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compose-'))
  beforeAll(() => {
    const commands = [...text.matchAll(/^# {3}((?:mkdir|openssl|echo) .*)$/gm)].map(([, command = '']) => command)
    execFileSync('sh', ['-ec', commands.join('\n')], { cwd: folder })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('are what the server takes, with the password that PostgreSQL has', () => {
    const [url, tokens, password] = ['database_url', 'token_secrets', 'postgres_password'].map(name =>
      join(folder, fileOf(name))
    )
    const { databaseUrl, tokenSecrets } = readConfig({ DATABASE_URL_FILE: url, TOKEN_SECRETS_FILE: tokens })
    const { username, password: sent, hostname, pathname } = new URL(databaseUrl)
    expect(sent).toBe(readFileSync(password ?? '', 'utf8').trim())
    expect([username, hostname, pathname]).toEqual([postgres.environment['POSTGRES_USER'], 'postgres', '/server'])
    expect(tokenSecrets.map(({ length }) => length >= 32)).toEqual([true])
  })

  test('are where nothing of them gets into Git or an image', () => {
    for (const name of Object.keys(secrets)) expect(fileOf(name)).toMatch(/^data\//)
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toMatch(/^data\/$/m)
    expect(readFileSync(join(root, 'scripts/Dockerfile.dockerignore'), 'utf8')).not.toMatch(/^!data/m)
  })
})
