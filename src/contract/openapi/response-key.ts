/**
 * The key of the response that an operation declares for a status: the status itself, else its class (`4XX`), else
 * `default` (OpenAPI 3.1 §4.8.16). `undefined` if it declares none.
 */
export const responseKey = (responses: object | undefined, status: number): string | undefined =>
  [String(status), `${Math.floor(status / 100)}XX`, 'default'].find(key => Object.hasOwn(responses ?? {}, key))

/** A status whose response is the one with this key, unless another key has it, too; `undefined` if it is no key. */
export const sampleStatus = (key: string): number | undefined => {
  if (!/^(?:[1-5](?:\d\d|XX)|default)$/.test(key)) return undefined
  return key === 'default' ? 600 : Number(key.replace('XX', '99'))
}
