import { describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../src/config.js'

describe('the configuration', () => {
  test('without an environment is this machine only, and port 8000', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8000, strictReplies: false })
  })

  test.each([
    [
      { HOST: '0.0.0.0', PORT: '0' },
      { host: '0.0.0.0', port: 0, strictReplies: false }
    ],
    [
      { HOST: '::1', PORT: '65535' },
      { host: '::1', port: 65_535, strictReplies: false }
    ],
    [{ STRICT_REPLIES: 'true' }, { host: '127.0.0.1', port: 8000, strictReplies: true }],
    [{ HOST: 'my-host.example' }, { host: 'my-host.example', port: 8000, strictReplies: false }]
  ])('takes %j', (environment, config) => {
    expect(readConfig(environment)).toMatchObject(config)
  })

  test('without an environment has no database, and the limits that the README shows', () => {
    expect(readConfig({})).toMatchObject({ databaseUrl: '', tokenSecrets: [], tokenKeyFiles: [], trustProxy: 0 })
    const { hashMemoryMiB, hashPasses, loginFailures, loginMinutes, userFailures, addressFailures } = readConfig({})
    expect([hashMemoryMiB, hashPasses, loginFailures, loginMinutes, userFailures, addressFailures]).toEqual([
      19, 2, 10, 15, 50, 100
    ])
  })

  test('tells all that is wrong at once, and never shows what may be a secret', () => {
    const wrong = { PORT: 'x', DATABASE_URL: 'mysql://root:hunter2@host/db', TOKEN_SECRETS: 'hunter2,,x' }
    expect(() => readConfig(wrong)).toThrow(
      new ConfigError(
        [
          'PORT is "x"; it takes a number from 0 to 65535, such as 8000.',
          "DATABASE_URL can't be used; it takes sqlite:data/users.db, or postgres://user:password@host/database.",
          "TOKEN_SECRETS can't be used; it takes secrets of at least 32 characters with commas between them."
        ].join('\n')
      )
    )
  })

  test('takes several secrets, and hashes no weaker than its defaults', () => {
    expect(readConfig({ TOKEN_SECRETS: 'a, b' }).tokenSecrets).toEqual(['a', 'b'])
    expect(() => readConfig({ HASH_MEMORY_MIB: '18' })).toThrow('it takes a number from 19 to 1024, such as 19.')
  })

  test.each(['http', '65536', '100000', '', '-1', '8000.5', '8e3', '0x50', ' 80'])('refuses the port %j', port => {
    const sentence = `PORT is ${JSON.stringify(port)}; it takes a number from 0 to 65535, such as 8000.`
    expect(() => readConfig({ PORT: port })).toThrow(new ConfigError(sentence))
  })

  test.each(['', '1', 'True'])('refuses STRICT_REPLIES %j', value => {
    const sentence = `STRICT_REPLIES is ${JSON.stringify(value)}; it takes true or false.`
    expect(() => readConfig({ STRICT_REPLIES: value })).toThrow(new ConfigError(sentence))
  })

  test.each(['', 'no host', 'http://127.0.0.1', '127.0.0.1\n'])('refuses the host %j', host => {
    const sentence = `HOST is ${JSON.stringify(host)}; it takes a host name or an IP address, such as 127.0.0.1.`
    expect(() => readConfig({ HOST: host })).toThrow(new ConfigError(sentence))
  })
})
