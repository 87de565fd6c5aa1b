/** Whether a value is an object with string keys, and neither `null` nor an array. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What an object or an array has of its own under a name or an index; `undefined` if that is nothing. */
export const childOf = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value[Number(name)]
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
