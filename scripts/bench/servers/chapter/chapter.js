/**
 * What the two operations do, apart from HTTP. All the servers that this one is compared with share it, so that they
 * differ only in what they are compared for.
 */
import { timingSafeEqual } from 'node:crypto'

const users = new Map(
  [
    {
      username: 'johndoe',
      full_name: 'John Doe',
      email: 'johndoe@example.com',
      hashed_password: 'fakehashedsecret',
      disabled: false
    },
    {
      username: 'alice',
      full_name: 'Alice Wonderson',
      email: 'alice@example.com',
      hashed_password: 'fakehashedsecret2',
      disabled: true
    }
  ].map(user => [user.username, user])
)

const refusal = (status, detail) => ({ status, body: { detail } })

const hasPassword = (user, password) => {
  const given = Buffer.from(`fakehashed${password}`)
  const stored = Buffer.from(user?.hashed_password ?? 'fakehashed')
  return given.length === stored.length && timingSafeEqual(given, stored) && user !== undefined
}

/** The reply to a login with a username and a password that have been validated: a status and a body. */
export const login = ({ username, password }) =>
  hasPassword(users.get(username), password)
    ? { status: 200, body: { access_token: username, token_type: 'bearer' } }
    : refusal(400, 'Incorrect username or password')

/** The reply to `GET /users/me` with this `Authorization` header: a status and a body. */
export const readUsersMe = (authorization = '') => {
  const space = authorization.indexOf(' ')
  if (authorization.slice(0, space).toLowerCase() !== 'bearer') return refusal(401, 'Not authenticated')
  const user = users.get(authorization.slice(space + 1))
  if (!user) return refusal(401, 'Invalid authentication credentials')
  return user.disabled ? refusal(400, 'Inactive user') : { status: 200, body: user }
}

/** The headers that say not to store an answer about tokens. */
export const noStore = { 'Cache-Control': 'no-store', Pragma: 'no-cache' }

/** The header that a 401 carries. */
export const challenge = { 'WWW-Authenticate': 'Bearer' }

/** The body of a 422 for fields of the form that are missing. */
export const missingFields = names => ({
  detail: names.map(name => ({ loc: ['body', name], msg: 'field required', type: 'value_error.missing' }))
})

/** The file of the contract, in a dialect that the server takes: `CONTRACT`. See `contracts.ts`. */
export const contractFile = process.env.CONTRACT

/** Where to listen: `HOST` and `PORT`. */
export const address = { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 8000) }
