/** The keywords that were boolean, and the bounds that they spoke of. */
export const exclusiveBounds = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum']
] as const

/**
 * Writes the boolean `exclusiveMinimum` and `exclusiveMaximum` of JSON Schema draft 4, and so of OpenAPI 3.0, as the
 * numbers that they are since draft 6. Changes the schema itself, and none below it.
 *
 * @returns the keywords that said nothing, because there is no bound that they could exclude
 */
export const liftExclusiveBounds = (schema: Record<string, unknown>): string[] => {
  const idle: string[] = []
  for (const [exclusive, bound] of exclusiveBounds) {
    const isExclusive = schema[exclusive]
    if (typeof isExclusive !== 'boolean') continue
    Reflect.deleteProperty(schema, exclusive)
    if (!isExclusive) continue
    const limit = schema[bound]
    if (typeof limit !== 'number') {
      idle.push(exclusive)
      continue
    }
    Reflect.deleteProperty(schema, bound)
    schema[exclusive] = limit
  }
  return idle
}
