import { once } from 'node:events'
import type { Account } from '../auth/user.js'
import type { UserStore } from '../auth/user-store.js'
import { readArguments } from './arguments.js'
import type { Command, Machine } from './command.js'
import { printable, printableJson } from '../printable.js'
import { stateOf, userJson } from './shown-user.js'
import { styleOf } from '../style.js'
import { createTable } from './table.js'

const pageSize = 1_000

export const list: Command = {
  usage: '[--json]',
  says: 'Lists all users.',
  details: ['--json  one array, for programs'],
  read: args => {
    const { values } = readArguments(args, 'nothing', { json: { type: 'boolean' } })
    return ({ users, machine }) => (values.json ? printJson : printTable)(pagesOf(users), machine)
  }
}

async function* pagesOf(users: UserStore): AsyncGenerator<readonly Account[]> {
  let after: string | undefined
  do {
    const page = await users.list(after, pageSize)
    if (page.length > 0) yield page
    after = page[pageSize - 1]?.user.username
  } while (after !== undefined)
}

const printJson = async (pages: AsyncIterable<readonly Account[]>, { stdout }: Machine): Promise<void> => {
  let before = '['
  for await (const page of pages) {
    await write(stdout, before + page.map(account => `\n  ${printableJson(userJson(account))}`).join(','))
    before = ','
  }
  await write(stdout, before === '[' ? '[]\n' : '\n]\n')
}

const header = ['NAME', 'FULL NAME', 'EMAIL', 'STATE', 'SCOPES']

const printTable = async (pages: AsyncIterable<readonly Account[]>, machine: Machine): Promise<void> => {
  const { bold, dim } = styleOf(machine)
  const align = createTable()
  let isFirst = true
  for await (const page of pages) {
    const rows = align([...(isFirst ? [header] : []), ...page.map(rowOf)])
    const head = isFirst ? [bold(rows.shift() ?? '')] : []
    const lines = rows.map((row, index) => (page[index]?.user.disabled ? dim(row) : row))
    await write(machine.stdout, `${[...head, ...lines].join('\n')}\n`)
    isFirst = false
  }
  if (isFirst) await write(machine.stdout, 'There are no users.\n')
}

const rowOf = (account: Account): string[] => {
  const { username, full_name, email } = account.user
  return [username, full_name ?? '', email ?? '', stateOf(account), account.scopes.join(' ')].map(printable)
}

const write = async (stream: NodeJS.WritableStream, text: string): Promise<void> => {
  if (!stream.write(text)) await once(stream, 'drain')
}
