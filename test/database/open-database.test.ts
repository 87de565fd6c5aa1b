import { describe, expect, test } from '@jest/globals'
import { ConfigError } from '../../src/config.js'
import { openDatabase } from '../../src/database/open-database.js'

const refusalOf = async (url: string): Promise<ConfigError> => {
  const error: unknown = await openDatabase(url, () => undefined).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ConfigError)
  return error as ConfigError
}

describe('DATABASE_URL', () => {
  test.each([
    '',
    'hunter2',
    'mysql://user:hunter2@host/db',
    'sqlite:',
    'sqlite://hunter2',
    'sqlite::memory:',
    'postgres:hunter2',
    'postgres://user:hunter2/3@host/db',
    'postgres://user:hunter2@host:port/db'
  ])('is not %j, which is not repeated', async url => {
    const { message, cause } = await refusalOf(url)
    expect(message).toMatch(/^DATABASE_URL takes sqlite: and the path of a file/)
    expect(message).not.toContain('hunter2')
    expect(cause).toBeUndefined()
  })

  test('of a PostgreSQL that is not there says so', async () => {
    const { message } = await refusalOf('postgres://user:hunter2@127.0.0.1:1/db')
    expect(message).toBe("The PostgreSQL of DATABASE_URL can't be reached (ECONNREFUSED).")
  })
})
