import { readFileSync } from 'node:fs'
import { fileVariableOf, type Setting } from './setting.js'

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The value of a setting, or what is wrong with what is said of it, in a sentence that shows no secret. */
export type Reading = { readonly value: unknown } | { readonly wrong: string }

/** Reads a setting from its variable or, if it is a secret, from the file that its other variable names. */
export const readSetting = (setting: Setting<unknown>, environment: Environment): Reading => {
  const { name, takes, fallback, isSecret, read } = setting
  const given = environment[name]
  const fileVariable = fileVariableOf(setting)
  const file = fileVariable === undefined ? undefined : environment[fileVariable]
  if (fileVariable !== undefined && file !== undefined) {
    if (given !== undefined) return { wrong: `${name} and ${fileVariable} are both set: take one of them.` }
    return readFrom(file, fileVariable, setting)
  }
  if (given === undefined && fallback === '') return { value: read('') ?? '' }
  const value = read(given ?? fallback)
  if (value !== undefined) return { value }
  return { wrong: `${name} ${isSecret ? "can't be used" : `is ${JSON.stringify(given)}`}; it takes ${takes}.` }
}

const readFrom = (file: string, variable: string, { takes, read }: Setting<unknown>): Reading => {
  const because = (what: string, shown = file): Reading => ({ wrong: `${variable} names ${shown}, which ${what}.` })
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    // What looks like no path may be the secret itself, in the wrong place.
    return because(`can't be read (${code})`, /^\.{0,2}\//.test(file) ? file : 'a file')
  }
  const text = textOf(bytes)?.replace(/\r?\n$/, '')
  if (text === undefined) return because("isn't text in UTF-8")
  if (text === '') return because(`is empty; it takes ${takes}`)
  if (/[\r\n]/.test(text)) return because(`has more than one line; it takes ${takes}`)
  const value = read(text)
  return value === undefined ? because(`has what can't be used; it takes ${takes}`) : { value }
}

const textOf = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
