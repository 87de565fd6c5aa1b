/**
 * A value as JSON; `undefined` if JSON has no word for something in it. `JSON.stringify` writes `null` for NaN, for a
 * date that is none and for what is missing in a list, and `{}` for a map or a set.
 */
export const exactJson = (value: unknown): string | undefined => {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined || !(text.includes('null') || text.includes('{}'))) return text
  const lost: unknown[] = []
  // A function, which is called with what the value is in, before it has been asked for its JSON.
  JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key: string, written: unknown) {
    const isMissing = written === undefined || typeof written === 'function' || typeof written === 'symbol'
    if (typeof written === 'number' && !Number.isFinite(written)) lost.push(key)
    if (written === null && this[key] !== null) lost.push(key)
    if ((isMissing && Array.isArray(this)) || written instanceof Map || written instanceof Set) lost.push(key)
    return written
  })
  return lost.length === 0 ? text : undefined
}
