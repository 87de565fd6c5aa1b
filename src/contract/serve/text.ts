/** What was sent as text, decoded and taken apart as far as its style goes. */
export type Text = string | readonly Text[] | ReadonlyMap<string, Text>

/** Whether a text is a list. */
export const isList = (text: Text): text is readonly Text[] => Array.isArray(text)

/** A text as it is, its lists as arrays and its maps as objects. */
export const plain = (text: Text): unknown => {
  if (typeof text === 'string') return text
  return isList(text) ? text.map(plain) : Object.fromEntries([...text].map(([name, one]) => [name, plain(one)]))
}

/** The text of a field, or the list of texts if it was sent more than once. */
export const textOf = (values: readonly string[], decode: (sent: string) => string): Text =>
  values.length === 1 ? decode(values[0] ?? '') : values.map(decode)

/** Adds the text of a property. One that is there more than once is a list. */
export const addText = (properties: Map<string, Text>, name: string, text: Text): void => {
  const before = properties.get(name)
  if (before === undefined) properties.set(name, text)
  else if (Array.isArray(before)) (before as Text[]).push(text)
  else properties.set(name, [before, text])
}
