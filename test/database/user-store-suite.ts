import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { UserStore } from '../../src/auth/user-store.js'

/** What every user store does. `open` gives an empty one. */
export const describeUserStore = (
  name: string,
  open: () => Promise<{ readonly users: UserStore; close(): Promise<void> }>
): void => {
  describe(name, () => {
    let users: UserStore
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await open()
      users = opened.users
      close = () => opened.close()
    })
    afterAll(() => close())

    const versionOf = async (username: string): Promise<number> => {
      const account = await users.find(username)
      return account?.version ?? NaN
    }

    test('finds a user as it was added, without the hash', async () => {
      const user = { username: 'full', email: 'a@b.c', full_name: 'Élodie 😀 \u0001', disabled: true }
      expect(await users.add({ ...user, scopes: ['me', 'items:read'], hash: 'h1' })).toBe(true)
      const account = { user, scopes: ['me', 'items:read'], version: await versionOf('full') }
      expect(await users.find('full')).toEqual(account)
      expect(await users.findWithHash('full')).toEqual({ ...account, hash: 'h1' })
      expect(Number.isSafeInteger(account.version)).toBe(true)
    })

    test('adds a user who is active and has no scopes, unless it says otherwise', async () => {
      await users.add({ username: 'bare', hash: 'h' })
      const user = { username: 'bare', email: null, full_name: null, disabled: false }
      expect(await users.find('bare')).toMatchObject({ user, scopes: [] })
      await users.add({ username: 'unknown', disabled: null, hash: 'h' })
      expect(await users.find('unknown')).toMatchObject({ user: { disabled: null } })
    })

    test('adds a name once, and leaves the user as it was', async () => {
      const added = await Promise.all(['1', '2', '3'].map(hash => users.add({ username: 'once', email: hash, hash })))
      expect(added.filter(Boolean)).toHaveLength(1)
      const before = await users.findWithHash('once')
      expect(await users.add({ username: 'once', email: 'other', hash: 'other' })).toBe(false)
      expect(await users.findWithHash('once')).toEqual(before)
    })

    test.each([
      'exact',
      'Exact',
      'exact ',
      ' exact',
      'éxact',
      'e\u0301xact',
      '',
      '__proto__',
      "'; drop table users; --"
    ])('takes the name %j for itself', async username => {
      expect(await users.find(username)).toBeUndefined()
      expect(await users.add({ username, hash: username })).toBe(true)
      expect(await users.findWithHash(username)).toMatchObject({ user: { username }, hash: username })
    })

    test.each(['nul\0', 'nul\0l', '\0', 'half\ud800', '\udc00half'])('has no user %j', async username => {
      for (const near of ['nul', 'half\ufffd', '\ufffdhalf']) await users.add({ username: near, hash: 'h' })
      expect(await users.find(username)).toBeUndefined()
      expect(await users.findWithHash(username)).toBeUndefined()
      expect(await users.add({ username, hash: 'h' })).toBe(false)
      expect(await users.change(username, { email: 'x' })).toBe(false)
      expect(await users.revoke(username)).toBe(false)
      expect(await users.remove(username)).toBe(false)
      await users.renewHash(username, 'h', 'h2')
      expect(await users.findWithHash('nul')).toMatchObject({ hash: 'h' })
    })

    test('lists users in the order of their names, a page at a time', async () => {
      for (const username of ['~c', '~é', '~B', '~a']) await users.add({ username, hash: 'h' })
      const names = async (after: string | undefined, limit: number): Promise<string[]> =>
        (await users.list(after, limit)).map(({ user }) => user.username).filter(username => /^(~|$)/.test(username))
      expect(await names('~', 9)).toEqual(['~B', '~a', '~c', '~é'])
      expect(await names('~a', 1)).toEqual(['~c'])
      expect(await names('~é', 9)).toEqual([])
      expect(await names('~a\0b', 1)).toEqual(['~c'])
      expect(await names('~c\ud800', 1)).toEqual(['~é'])
      expect(await names(undefined, 1)).toEqual(['']) // added above
      expect((await users.list('~B', 1))[0]).toEqual(await users.find('~a'))
    })

    test('changes what is named, and nothing else', async () => {
      await users.add({ username: 'changed', email: 'old', full_name: 'Name', scopes: ['me'], hash: 'h' })
      expect(await users.change('changed', { email: 'new' })).toBe(true)
      const user = { username: 'changed', email: 'new', full_name: 'Name', disabled: false }
      expect(await users.findWithHash('changed')).toMatchObject({ user, scopes: ['me'], hash: 'h' })
      expect(
        await users.change('changed', { email: null, full_name: null, disabled: null, scopes: [], hash: 'h2' })
      ).toBe(true)
      const bare = { username: 'changed', email: null, full_name: null, disabled: null }
      expect(await users.findWithHash('changed')).toMatchObject({ user: bare, scopes: [], hash: 'h2' })
      expect(await users.change('nobody', { email: 'new' })).toBe(false)
      expect(await users.find('nobody')).toBeUndefined()
    })

    test.each([
      ['ends', { disabled: true }],
      ['ends', { scopes: ['me'] }],
      ['ends', { hash: 'h2' }],
      ['keeps', { email: 'new' }],
      ['keeps', { full_name: 'New' }],
      ['keeps', {}]
    ])('%s the tokens of a user who gets %j', async (what, change) => {
      const username = JSON.stringify(change)
      await users.add({ username, hash: 'h' })
      const before = await versionOf(username)
      expect(await users.change(username, change)).toBe(true)
      expect((await versionOf(username)) !== before).toBe(what === 'ends')
    })

    test('ends tokens when it is told to', async () => {
      await users.add({ username: 'revoked', hash: 'h' })
      const versions = [await versionOf('revoked')]
      expect(await users.revoke('revoked')).toBe(true)
      versions.push(await versionOf('revoked'))
      expect(await users.revoke('revoked')).toBe(true)
      versions.push(await versionOf('revoked'))
      expect(new Set(versions).size).toBe(3)
      expect(await users.revoke('nobody')).toBe(false)
    })

    test('renews a hash that is still there, and tokens go on', async () => {
      await users.add({ username: 'renewed', hash: 'old' })
      const before = await users.find('renewed')
      await users.renewHash('renewed', 'old', 'new')
      await users.renewHash('renewed', 'old', 'too late')
      await users.renewHash('nobody', 'old', 'new')
      expect(await users.findWithHash('renewed')).toEqual({ ...before, hash: 'new' })
    })

    test('removes a user, whose tokens stay ended for the next one of that name', async () => {
      await users.add({ username: 'removed', hash: 'h' })
      const before = await versionOf('removed')
      expect(await users.remove('removed')).toBe(true)
      expect(await users.find('removed')).toBeUndefined()
      expect(await users.remove('removed')).toBe(false)
      expect(await users.add({ username: 'removed', hash: 'h' })).toBe(true)
      expect(await versionOf('removed')).not.toBe(before)
    })
  })
}
