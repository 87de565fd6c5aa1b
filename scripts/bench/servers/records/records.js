/**
 * What the operations of `records.yaml` do, apart from HTTP. All the servers that are compared share it, so that they
 * differ only in what they are compared for.
 */
import { createReadStream, readFileSync, statSync } from 'node:fs'

const { CONTRACT, RECORDS, FILE, OPERATIONS, HOST, PORT } = process.env

const records = JSON.parse(readFileSync(RECORDS, 'utf8'))

/** A page of the records with all of these tags that come after `cursor`, an id. */
export const page = ({ limit = 20, cursor, tag = [] }) => {
  const first = cursor === undefined ? 0 : records.findIndex(({ id }) => id === cursor) + 1
  const items = records.slice(first, first + limit).filter(({ tags }) => tag.every(one => tags.includes(one)))
  return { items, next: first + limit < records.length ? (items.at(-1)?.id ?? null) : null }
}

const id = 'b1e7a2c4-0000-4d58-9f0a-5be2cf2c7d10'

/** What is made of a new record that has been validated. It isn't kept, so that a server doesn't grow with the load. */
export const create = record => ({ id, ...record })

/** Where a new record is. */
export const location = `/records/${id}`

/** The bytes of a stream, which are let go, as one that stores them elsewhere would. */
export const count = async stream => {
  let bytes = 0
  for await (const chunk of stream) bytes += chunk.length
  return bytes
}

/** The file with any id: how long it is, and a new stream of it. */
export const download = () => ({ length: statSync(FILE).size, stream: createReadStream(FILE) })

/** A 422 as RFC 9457 has it, with an entry for each broken rule: its place, and what is wrong there. */
export const invalid = errors => ({
  type: 'about:blank',
  title: 'Unprocessable Entity',
  status: 422,
  errors: errors.map(([pointer, detail]) => ({ pointer, detail }))
})

/** Any other refusal in the same form. */
export const problem = (status, title) => ({ type: 'about:blank', title, status })

/** The media type of refusals. */
export const problemType = 'application/problem+json'

/** The file of the contract: `CONTRACT`, in a dialect that the server takes. See `contracts.ts`. */
export const contractFile = CONTRACT

/** How many operations the contract has on top of those of `records.yaml`. */
export const madeOperations = Number(OPERATIONS ?? 0)

/** Where to listen: `HOST` and `PORT`. */
export const address = { host: HOST ?? '127.0.0.1', port: Number(PORT ?? 8000) }
