const shortest = 8
const longest = 256

/** A Unicode character decomposes into four at most, of two UTF-16 units each: what is longer needn't be normalised. */
const longestTyped = longest * 4 * 2

/** Whether a text has more characters than so many. It has no more of them than UTF-16 units, which cost nothing to count. */
const isLonger = (text: string, than: number): boolean => text.length > than && Array.from(text).length > than

/** Whether a password is longer than any that is taken: 256 characters, in NFKC. */
export const isTooLong = (password: string): boolean =>
  password.length > longestTyped || isLonger(password.normalize('NFKC'), longest)

let common: Promise<ReadonlySet<string>> | undefined

/** The 10,000 most common passwords, in lower case. Costs 0.1 s and 4 MiB, so only who asks for it pays. */
const commonPasswords = (): Promise<ReadonlySet<string>> =>
  (common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common'].slice(0, 10_000).map(word => word.toLowerCase()))
  ))

/**
 * Why a new password isn't taken, as a sentence that doesn't quote it; `undefined` if it is: 8 to 256 characters, of any
 * kinds, neither one of the most common ones nor the username (NIST SP 800-63B §3.1.1.2). Case doesn't count.
 */
export const weaknessOf = async (password: string, username?: string): Promise<string | undefined> => {
  if (isTooLong(password)) return `A password takes at most ${longest} characters.`
  const text = password.normalize('NFKC')
  if (!isLonger(text, shortest - 1)) return `A password takes at least ${shortest} characters.`
  const lowerCase = text.toLowerCase()
  if (lowerCase === username?.normalize('NFKC').toLowerCase()) return 'The username is no password.'
  if ((await commonPasswords()).has(lowerCase)) return 'This is one of the most common passwords. Take another one.'
  return undefined
}
