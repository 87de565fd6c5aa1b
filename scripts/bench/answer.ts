const contentLength = /\r\ncontent-length: *(\d+)/i

/** Whether this text is a whole answer. Nothing can come after it, because nothing has been asked yet. */
export const isWhole = (text: string): boolean => {
  const head = text.indexOf('\r\n\r\n')
  return head >= 0 && text.length >= head + 4 + Number(contentLength.exec(text)?.[1] ?? 0)
}
