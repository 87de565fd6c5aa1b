/** What ends a head (RFC 9112 §2.1), and a body in chunks. */
const emptyLine = Buffer.from('\r\n\r\n')
const [carriageReturn, lineFeed] = emptyLine

/**
 * Where in some bytes the next empty line ends; -1 if none does.
 *
 * @param begun how much of one had come before these bytes: see `begunIn`
 */
export const endOfEmptyLine = (bytes: Buffer, at: number, begun: number): number => {
  const rest = emptyLine.length - begun
  if (at === 0 && begun > 0 && bytes.subarray(0, rest).equals(emptyLine.subarray(begun))) return rest
  const found = bytes.indexOf(emptyLine, at)
  return found < 0 ? -1 : found + emptyLine.length
}

/** How much of an empty line stands at the end of some bytes, before which so much of one had come. */
export const begunIn = (bytes: Buffer, begun: number): number => {
  const final = bytes.at(-1)
  if (final !== carriageReturn && final !== lineFeed) return 0
  const last = Buffer.concat([emptyLine.subarray(0, begun), bytes.subarray(-3)])
  return (
    [3, 2, 1].find(length => last.length >= length && last.subarray(-length).equals(emptyLine.subarray(0, length))) ?? 0
  )
}
