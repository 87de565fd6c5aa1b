/** One setting of the process: an environment variable, what it takes, and what it is for. */
export interface Setting<Value> {
  readonly name: string
  /** What it takes, in words that follow "it takes". */
  readonly takes: string
  /** What it is when it isn't set, as it would be written; empty if it then isn't there. */
  readonly fallback: string
  /** What it is for, in a sentence. */
  readonly says: string
  /** Whether its value is never shown. */
  readonly isSecret: boolean
  /** Its value; `undefined` if the text isn't one. */
  readonly read: (text: string) => Value | undefined
}

/** The name of a setting, what it is when it isn't set, and what it is for. */
type Words = readonly [name: string, fallback: string, says: string]

const setting = <Value>(
  [name, fallback, says]: Words,
  takes: string,
  read: (text: string) => Value | undefined
): Setting<Value> => ({ name, fallback, says, takes, isSecret: false, read })

/** A whole number from `least` to `most`. */
export const wholeNumber = (least: number, most: number, ...words: Words): Setting<number> => {
  const [, fallback] = words
  const takes = `a number from ${least} to ${most}${fallback && `, such as ${fallback}`}`
  return setting(words, takes, text =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined
  )
}

/** A setting that may be absent, and is an empty text then. */
export const optional = <Value>(one: Setting<Value>): Setting<Value | ''> => ({ ...one, fallback: '' })

/** A whole number from 1 to `most`, or `auto` for what this machine makes of it. */
export const count = (most: number, auto: () => number, ...words: Words): Setting<number> => {
  const number = wholeNumber(1, most, ...words)
  return setting(words, `a number from 1 to ${most}, or auto`, text => (text === 'auto' ? auto() : number.read(text)))
}

/** `true` or `false`. */
export const flag = (...words: Words): Setting<boolean> =>
  setting(words, 'true or false', text => (text === 'true' ? true : text === 'false' ? false : undefined))

/** One of a few words. */
export const oneOf = <const Word extends string>(
  words: readonly [Word, ...Word[]],
  name: string,
  fallback: Word,
  says: string
): Setting<Word> =>
  setting([name, fallback, says], `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`, text =>
    words.find(word => word === text)
  )

/** A text that matches a pattern as a whole. */
export const text = (pattern: RegExp, takes: string, ...words: Words): Setting<string> =>
  setting(words, takes, given => (pattern.test(given) ? given : undefined))

/** Texts with commas between them, none of them empty. */
export const list = (takes: string, ...words: Words): Setting<readonly string[]> =>
  setting(words, takes, given => {
    const all = given === '' ? [] : given.split(',').map(one => one.trim())
    return all.includes('') ? undefined : all
  })

/** Web origins with commas between them, each exactly as a browser sends it (RFC 6454 §6.2): no path, no wildcard. */
export const origins = (...words: Words): Setting<readonly string[]> => {
  const takes = 'origins with commas between them, such as https://app.example.com, without paths and wildcards'
  const { read } = list(takes, ...words)
  const isOrigin = (one: string): boolean =>
    /^https?:\/\/[^*]+$/.test(one) && URL.canParse(one) && new URL(one).origin === one
  return setting(words, takes, given => {
    const all = read(given)
    return all?.every(isOrigin) ? all : undefined
  })
}

/** The same setting, but its value is never shown. */
export const secret = <Value>(one: Setting<Value>): Setting<Value> => ({ ...one, isSecret: true })

/** The variable that names a file with the value of a secret, such as one of Docker or Kubernetes. */
export const fileVariableOf = ({ name, isSecret }: Setting<unknown>): string | undefined =>
  isSecret ? `${name}_FILE` : undefined
