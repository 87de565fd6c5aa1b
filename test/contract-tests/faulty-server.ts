import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The ways in which the server can break the contract. */
export type Fault =
  | 'undeclared status'
  | 'undeclared media type'
  | 'missing header'
  | 'undeclared field'
  | 'crash on odd input'
  | 'field not required'
  | 'pattern without its end'
  | 'last field wins'
  | 'wrong loc'
  | 'any scheme'

/** The operations that the server has: the contract may have more. */
export const operationsOfFaultyServer: ReadonlySet<string> = new Set(['POST /token', 'GET /users/me'])

interface Answer {
  readonly status: number
  readonly body: unknown
}

const users: Record<string, { readonly disabled: boolean; readonly full_name: string; readonly password: string }> = {
  johndoe: { disabled: false, full_name: 'John Doe', password: 'secret' },
  alice: { disabled: true, full_name: 'Alice Wonderson', password: 'secret2' }
}
const userOf = (name: string) => (Object.hasOwn(users, name) ? users[name] : undefined)

const problem = (status: number, detail: string): Answer => ({ status, body: { detail } })

const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const logIn = async (request: IncomingMessage, fault: Fault | undefined): Promise<Answer> => {
  const text = await readText(request)
  const { 'content-type': type = '', 'content-encoding': coding } = request.headers
  if (coding !== undefined) return problem(415, 'Unsupported Media Type')
  if (text.length > 16 * 1024) return problem(413, 'Content Too Large')
  if (fault === 'crash on odd input') decodeURIComponent(text.replaceAll('%25', '%'))
  const form = new URLSearchParams(/^application\/x-www-form-urlencoded(;|$)/.test(type) ? text : '')
  for (const [name, value] of [...form]) if (value === '') form.delete(name, value)

  const refusals = [...new Set(form.keys())]
    .filter(name => form.getAll(name).length > 1 && known.has(name) && fault !== 'last field wins')
    .map(name => ({ loc: ['body', name], msg: 'str type expected', type: 'type_error.str' }))
  const invalid = (name: string, msg: string, kind: string, ctx?: object): void => {
    refusals.push({ loc: [fault === 'wrong loc' ? 'form' : 'body', name], msg, type: kind, ...(ctx && { ctx }) })
  }
  for (const name of fault === 'field not required' ? ['username'] : ['username', 'password']) {
    if (!form.has(name)) invalid(name, 'field required', 'value_error.missing')
  }
  const pattern = fault === 'pattern without its end' ? /^password/ : /^password$/
  if (form.getAll('grant_type').some(value => !pattern.test(value))) {
    const ctx = { pattern: '^password$' }
    invalid('grant_type', `string does not match regex "${ctx.pattern}"`, 'value_error.str.regex', ctx)
  }
  if (refusals.length > 0) return { status: 422, body: { detail: refusals } }
  const name = form.getAll('username').at(-1) ?? ''
  if (userOf(name)?.password !== form.get('password')) return problem(400, 'Incorrect username or password')
  return { status: 200, body: { access_token: name, token_type: 'bearer' } }
}

const known = new Set(['grant_type', 'username', 'password', 'scope', 'client_id', 'client_secret'])

const readMe = ({ headers: { authorization = '' } }: IncomingMessage, fault: Fault | undefined): Answer => {
  const [, token] = (fault === 'any scheme' ? /^\S+ (.*)$/ : /^bearer(?: (.*))?$/i).exec(authorization) ?? []
  if (!/^bearer( |$)/i.test(authorization) && token === undefined) return problem(401, 'Not authenticated')
  const user = userOf(token ?? '')
  if (!user) return problem(401, 'Invalid authentication credentials')
  const { password, ...rest } = user
  if (user.disabled) return problem(fault === 'undeclared status' ? 403 : 400, 'Inactive user')
  const own = { username: token, email: `${token ?? ''}@example.com`, hashed_password: `fakehashed${password}` }
  return { status: 200, body: { ...rest, ...own, ...(fault === 'undeclared field' && { id: 7 }) } }
}

const answer = async (request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): Promise<void> => {
  const [path] = (request.url ?? '').split('?')
  const method = path === '/token' ? 'POST' : path === '/users/me' ? 'GET' : undefined
  const { status, body } =
    method === undefined
      ? problem(404, 'Not Found')
      : request.method !== method
        ? problem(405, 'Method Not Allowed')
        : await (method === 'POST' ? logIn : readMe)(request, fault)
  response.writeHead(status, {
    'Content-Type': fault === 'undeclared media type' && status === 200 ? 'text/html' : 'application/json',
    ...(path === '/token' && { 'Cache-Control': 'no-store', Pragma: 'no-cache' }),
    ...(status === 401 && fault !== 'missing header' && { 'WWW-Authenticate': 'Bearer' }),
    ...(status === 405 && { Allow: method })
  })
  response.end(JSON.stringify(body))
}

/**
 * A tiny server that does what `openapi.yaml` says, but for at most one fault: it shows that the tests find faults, and
 * nothing but faults.
 */
export const startFaultyServer = async (fault?: Fault): Promise<{ readonly url: string; close(): void }> => {
  const server = createServer((request, response) => {
    answer(request, response, fault).catch(() => {
      response.writeHead(500, { 'Content-Type': 'application/json' }).end('{"detail":"Internal Server Error"}')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    }
  }
}
