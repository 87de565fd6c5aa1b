/** What puts things back before a test: services that begin anew in a running server, and `CONTRACT_RESET` elsewhere. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { resetBy } from '../../scripts/contract-tests/reset.js'
import { renewable } from '../../scripts/contract-tests/seed.js'

class Counter {
  #count = 0

  next(): number {
    return ++this.#count
  }
}

describe('services that begin anew', () => {
  const services = () => {
    const counter = new Counter()
    return Promise.resolve({ counter, count: () => counter.next(), limit: 7 })
  }

  test('are those that were made last, for whoever keeps one of them', async () => {
    const { services: made, renew } = await renewable({ services })
    const { counter, count, limit } = made
    expect([counter.next(), counter.next(), count()]).toEqual([1, 2, 3])
    await renew()
    expect([counter.next(), count(), limit]).toEqual([1, 2, 7])
  })
})

describe('CONTRACT_RESET', () => {
  test('names nothing where it is empty', () => {
    expect([resetBy(undefined), resetBy('')]).toEqual([undefined, undefined])
  })

  test('is a command for the shell', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reset-'))
    try {
      const reset = resetBy(`echo again >> '${join(folder, 'log')}'`)
      await reset?.()
      await reset?.()
      expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('again\nagain\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('that fails is told with what it printed', async () => {
    await expect(resetBy('echo no database >&2; exit 3')?.()).rejects.toThrow(
      'CONTRACT_RESET: `echo no database >&2; exit 3` ends with 3:\nno database'
    )
  })

  test('is a URL that a POST is sent to', async () => {
    const asked: string[] = []
    const server = createServer(({ method = '', url = '' }, response) => {
      asked.push(`${method} ${url}`)
      response.writeHead(url === '/reset' ? 204 : 404).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      await resetBy(`${url}/reset`)?.()
      expect(asked).toEqual(['POST /reset'])
      await expect(resetBy(`${url}/other`)?.()).rejects.toThrow(
        `CONTRACT_RESET: POST ${url}/other is answered 404; it has to be 2xx.`
      )
    } finally {
      server.close()
      server.closeAllConnections()
    }
    await expect(resetBy('http://127.0.0.1:1/')?.()).rejects.toThrow(
      /^CONTRACT_RESET: no answer to POST .*ECONNREFUSED/
    )
  })
})
