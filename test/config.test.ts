import { describe, expect, test } from '@jest/globals'
import { ConfigError, readConfig } from '../src/config.js'

describe('the configuration', () => {
  test('without an environment is this machine only, and port 8000', () => {
    expect(readConfig({})).toEqual({ host: '127.0.0.1', port: 8000, strictReplies: false })
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
    expect(readConfig(environment)).toEqual(config)
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
