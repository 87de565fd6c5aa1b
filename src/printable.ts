/** Control characters, line separators, halves of surrogate pairs, and what turns the direction of a line around. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Text that can't steer a terminal: what could is written as JSON writes it. */
export const printable = (text: string): string => text.replace(unprintable, escaped)

/** Whether a text has nothing in it that could steer a terminal. */
export const isPrintable = (text: string): boolean => text.search(unprintable) < 0

/** JSON text that can't steer a terminal, but for its own line ends. */
export const printableJsonText = (json: string): string =>
  /^[ -~\n]*$/.test(json) ? json : json.replace(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, escaped)

/** JSON that can't steer a terminal. (`JSON.stringify` lets DEL and C1 through, of which U+009B begins a sequence.) */
export const printableJson = (value: unknown, indent?: number): string =>
  printableJsonText(JSON.stringify(value, undefined, indent))
