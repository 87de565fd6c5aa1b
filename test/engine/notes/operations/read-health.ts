import type { Operation } from '../operation.js'

export const readHealth: Operation<'readHealth'> = () => Promise.resolve({ status: 200, body: { status: 'ok' } })
