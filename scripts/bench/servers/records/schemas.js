/** The schemas of `records.yaml` as Fastify takes them, each where it is used. */
const string = { type: 'string' }
const integer = { type: 'integer' }
const list = (items, rules) => ({ type: 'array', items, ...rules })
const object = (properties, rules) => ({ type: 'object', required: Object.keys(properties), properties, ...rules })

const tag = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,31}$' }
const uuid = { type: 'string', format: 'uuid' }
const name = { type: 'string', minLength: 1, maxLength: 100 }

const fields = {
  name,
  email: { type: 'string', format: 'email' },
  status: { type: 'string', enum: ['draft', 'open', 'closed'] },
  score: { type: 'number', minimum: 0, maximum: 100 },
  count: { type: 'integer', multipleOf: 5 },
  active: { type: 'boolean' },
  created: { type: 'string', format: 'date-time' },
  due: { type: ['string', 'null'], format: 'date' },
  tags: list(tag),
  owner: object({ id: uuid, name }),
  note: { type: ['string', 'null'], maxLength: 4000 }
}

/** The query of a list. */
export const query = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    cursor: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
    tag: list(tag, { maxItems: 10 })
  }
}

export const record = object({ id: uuid, ...fields })

export const recordPage = object({ items: list(record), next: { type: ['string', 'null'] } })

export const newRecord = object(
  {
    ...fields,
    name: { ...name, pattern: '^[A-Z][A-Za-z0-9 ]*$' },
    tags: list(tag, { minItems: 1, maxItems: 20, uniqueItems: true })
  },
  { additionalProperties: false }
)

export const document = object({
  title: name,
  rows: list(
    object({
      id: { type: 'integer', minimum: 1 },
      name: { type: 'string', maxLength: 100 },
      values: list({ type: 'number' }, { maxItems: 100 }),
      note: { type: ['string', 'null'], maxLength: 1000 }
    }),
    { maxItems: 10_000 }
  )
})

export const addedFile = object({ title: string, name: string, bytes: integer })

/** The parameters of a path with an `id`. */
export const fileId = object({ id: { type: 'integer', minimum: 1 } })

/** What a made operation answers, of one and of several. */
export const resource = object({ id: integer, name: string, tags: list(string) })
export const resourceList = object({ items: list(resource), next: { type: ['string', 'null'] } })
