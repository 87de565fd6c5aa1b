import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAppServer, production } from '../../src/app.js'
import { parseContract, type Problems, type Reply } from '../../src/contract/index.js'
import { type Target, targetAt } from '../contract-tests/target.js'
import type { FormedGroup } from './forms.js'

/** A group that is served, by a server that is strict about replies and by one that isn't. */
export interface ServedGroup {
  readonly formed: FormedGroup
  readonly path: string
  readonly strict: Target
  readonly production: Target
}

/** What the handlers reply: a value, or nothing (204). */
export interface NextReply {
  value?: { readonly body: unknown }
}

const problems: Problems = {
  mediaType: 'application/json',
  body: ({ status }) => ({ status }),
  undeclaredMediaType: 'refused',
  emptyFormField: 'text'
}

const any = { description: 'An error', content: { 'application/json': { schema: {} } } }
const errors = Object.fromEntries([400, 413, 415, 422, 500].map(status => [String(status), any]))

const nameOf = (index: number): string => `s${String(index).padStart(3, '0')}`

const contractOf = (groups: readonly FormedGroup[]) => {
  const operationOf = ({ schema }: FormedGroup, index: number) => {
    const content = { 'application/json': { schema } }
    const responses = { '200': { description: 'A value', content }, '204': { description: 'Nothing' }, ...errors }
    return { operationId: nameOf(index), security: [], requestBody: { content }, responses }
  }
  const paths = Object.fromEntries(
    groups.map((group, index) => [`/${nameOf(index)}`, { post: operationOf(group, index) }])
  )
  const schemas = Object.fromEntries(groups.flatMap(({ components }) => Object.entries(components)))
  const document = { openapi: '3.1.0', info: { title: 'Suite', version: '1' }, paths, components: { schemas } }
  return parseContract(JSON.stringify(document), 'suite.json')
}

const listen = async (server: Server): Promise<Target> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const target = targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const close = (): void => {
    target.close()
    server.close()
    server.closeAllConnections()
  }
  return { url: target.url, send: request => target.send(request), close }
}

const serve = async (groups: readonly FormedGroup[], next: NextReply): Promise<ServedGroup[]> => {
  const contract = contractOf(groups)
  const handler = (): Promise<Reply> =>
    Promise.resolve(next.value ? { status: 200, body: next.value.body } : { status: 204 })
  const operations = Object.fromEntries(groups.map((_, index) => [nameOf(index), handler]))
  const serverOf = (strictReplies: boolean): Server =>
    createAppServer({
      contract,
      handlers: { operations, security: {} },
      services: {},
      problems,
      log: () => undefined,
      mode: { ...production, strictReplies }
    })
  const servers = [serverOf(true), serverOf(false)] as const
  const [strict, lax] = [await listen(servers[0]), await listen(servers[1])]
  return groups.map((formed, index) => ({ formed, path: `/${nameOf(index)}`, strict, production: lax }))
}

// Identifiers are those of a whole document: two groups that have the same would be in each other's way.
const isAlone = ({ schema, components }: FormedGroup): boolean =>
  /"\$(id|anchor|dynamicAnchor)"/.test(JSON.stringify([schema, components]))

const most = 40

/**
 * Serves groups, many in a contract, and does something with those of each contract. Those that can't be served are
 * found by halving.
 *
 * @returns the groups that are refused
 */
export const withServed = async (
  groups: readonly FormedGroup[],
  next: NextReply,
  use: (served: readonly ServedGroup[]) => Promise<void>
): Promise<FormedGroup[]> => {
  const together = groups.filter(group => !isAlone(group))
  const chunks = [
    ...Array.from({ length: Math.ceil(together.length / most) }, (_, index) =>
      together.slice(index * most, (index + 1) * most)
    ),
    ...groups.filter(isAlone).map(group => [group])
  ]
  const refused: FormedGroup[] = []
  const tryAll = async (chunk: readonly FormedGroup[]): Promise<void> => {
    let served: ServedGroup[]
    try {
      served = await serve(chunk, next)
    } catch {
      if (chunk.length <= 1) refused.push(...chunk)
      else for (const half of halvesOf(chunk)) await tryAll(half)
      return
    }
    try {
      await use(served)
    } finally {
      served[0]?.strict.close()
      served[0]?.production.close()
    }
  }
  for (const chunk of chunks) await tryAll(chunk)
  return refused
}

const halvesOf = <T>(all: readonly T[]): (readonly T[])[] => {
  const middle = Math.ceil(all.length / 2)
  return [all.slice(0, middle), all.slice(middle)]
}
