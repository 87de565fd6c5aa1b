import { randomInt } from 'node:crypto'
import { isStorable, storablePart } from '../auth/storable.js'
import type { UserChange, UserStore } from '../auth/user-store.js'
import type { Account } from '../auth/user.js'
import type { Schema } from './schema.js'
import type { SqlDatabase } from './sql-database.js'

type RowWithHash = Omit<Schema['users'], 'created_at'>
type Row = Omit<RowWithHash, 'password_hash'>

/** What a left join has where there is no row. */
type NoRow = { readonly [Column in keyof RowWithHash]: null }

const columns = ['username', 'email', 'full_name', 'disabled', 'scopes', 'version'] as const

/** Users in a database. */
export const createUserStore = (database: SqlDatabase): UserStore => {
  const { db } = database
  const accounts = db.selectFrom('users').select(columns)
  const named = accounts.where('username', '=', 'name')
  const find = database.prepare<Row>('find_user', named.compile())
  // A row comes for every name, so that the time it takes doesn't tell which ones there are.
  const always = db
    .selectFrom(db.selectNoFrom(one => one.lit(1).as('one')).as('always'))
    .leftJoin('users', join => join.on('users.username', '=', 'name'))
    .select([...columns, 'password_hash'])
  const findWithHash = database.prepare<RowWithHash | NoRow>('find_user_with_hash', always.compile())
  return {
    find: async username => {
      if (!isStorable(username)) return undefined
      const [row] = await find(username)
      return row && accountOf(row)
    },
    findWithHash: async username => {
      if (!isStorable(username)) return undefined
      const [row] = await findWithHash(username)
      return row && isThere(row) ? { ...accountOf(row), hash: row.password_hash } : undefined
    },
    list: async (after, limit) => {
      const first = accounts.orderBy('username').limit(limit)
      const page = after === undefined ? first : first.where('username', '>', storablePart(after))
      return (await page.execute()).map(accountOf)
    },
    add: async user => {
      if (!isStorable(user.username)) return false
      const row = {
        email: null,
        full_name: null,
        disabled: 0,
        scopes: '',
        ...columnsOf(user),
        username: user.username,
        password_hash: user.hash,
        version: randomInt(2 ** 47), // not that of a token of an earlier user of this name
        created_at: Math.floor(Date.now() / 1000)
      }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('users')
        .values(row)
        .onConflict(conflict => conflict.column('username').doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },
    change: async (username, change) => {
      if (!isStorable(username)) return false
      const { disabled, scopes, hash } = change
      const ends = disabled !== undefined || scopes !== undefined || hash !== undefined
      const { numUpdatedRows } = await db
        .updateTable('users')
        .set(column => ({ ...columnsOf(change), version: column('version', '+', ends ? 1 : 0) }))
        .where('username', '=', username)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    renewHash: async (username, from, to) => {
      if (!isStorable(username)) return
      await db
        .updateTable('users')
        .set({ password_hash: to })
        .where('username', '=', username)
        .where('password_hash', '=', from)
        .execute()
    },
    revoke: async username => {
      if (!isStorable(username)) return false
      const { numUpdatedRows } = await db
        .updateTable('users')
        .set(column => ({ version: column('version', '+', 1) }))
        .where('username', '=', username)
        .executeTakeFirst()
      return numUpdatedRows === 1n
    },
    remove: async username => {
      if (!isStorable(username)) return false
      const { numDeletedRows } = await db.deleteFrom('users').where('username', '=', username).executeTakeFirst()
      return numDeletedRows === 1n
    }
  }
}

const isThere = (row: RowWithHash | NoRow): row is RowWithHash => row.password_hash !== null

const accountOf = ({ username, email, full_name, disabled, scopes, version }: Row): Account => ({
  user: { username, email, full_name, disabled: disabled === null ? null : disabled === 1 },
  scopes: scopes === '' ? [] : scopes.split(' '),
  version
})

/** The columns that are named, and no others. */
const columnsOf = ({ email, full_name, disabled, scopes, hash }: UserChange) => ({
  ...(email !== undefined && { email: textOf('email', email) }),
  ...(full_name !== undefined && { full_name: textOf('full_name', full_name) }),
  ...(disabled !== undefined && { disabled: disabled === null ? null : Number(disabled) }),
  ...(scopes !== undefined && { scopes: textOf('scopes', scopes.join(' ')) }),
  ...(hash !== undefined && { password_hash: textOf('hash', hash) })
})

const textOf = <Text extends string | null>(name: string, text: Text): Text => {
  if (text !== null && !isStorable(text)) throw new RangeError(`\`${name}\` has NUL or half of a surrogate pair in it`)
  return text
}
