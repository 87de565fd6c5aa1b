/** Fastify with the operations of `records.yaml`. */
import { createApp } from './fastify-app.js'
import { address } from './records.js'

const app = await createApp()
await app.listen(address)
