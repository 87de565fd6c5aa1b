/** The schemas of `records.yaml` in Zod. */
import { File } from 'node:buffer'
import { z } from '@hono/zod-openapi'

const tag = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
const name = z.string().min(1).max(100)
const isUnique = values => new Set(values).size === values.length

const fields = {
  name,
  email: z.email(),
  status: z.enum(['draft', 'open', 'closed']),
  score: z.number().min(0).max(100),
  count: z.int().multipleOf(5),
  active: z.boolean(),
  created: z.iso.datetime(),
  due: z.iso.date().nullable(),
  tags: z.array(tag),
  owner: z.object({ id: z.uuid(), name }),
  note: z.string().max(4000).nullable()
}

/** The query of a list. One tag alone comes as a text. */
export const query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^[0-9a-f-]{36}$/)
    .optional(),
  tag: z
    .array(tag)
    .max(10)
    .or(tag.transform(one => [one]))
    .optional()
})

export const record = z.object({ id: z.uuid(), ...fields })

export const recordPage = z.object({ items: z.array(record), next: z.string().nullable() })

export const newRecord = z.strictObject({
  ...fields,
  name: name.regex(/^[A-Z][A-Za-z0-9 ]*$/),
  tags: z.array(tag).min(1).max(20).refine(isUnique, 'must not have one twice')
})

const row = z.object({
  id: z.int().min(1),
  name: z.string().max(100),
  values: z.array(z.number()).max(100),
  note: z.string().max(1000).nullable()
})

export const document = z.object({ title: name, rows: z.array(row).max(10_000) })

/** A form with a file. */
export const newFile = z.object({ title: name, file: z.instanceof(File).openapi({ type: 'string', format: 'binary' }) })

export const addedFile = z.object({ title: z.string(), name: z.string(), bytes: z.int() })

/** The parameters of a path with an `id`. */
export const fileId = z.object({ id: z.coerce.number().int().min(1) })

/** What a made operation answers, of one and of several. */
export const resource = z.object({ id: z.int(), name: z.string().max(100), tags: z.array(z.string()) })
export const resourceList = z.object({ items: z.array(resource), next: z.string().nullable() })
