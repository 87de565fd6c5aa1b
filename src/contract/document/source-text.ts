import { ContractError, type PlaceOf } from './finding.js'
import { jsonExcess, maxDepth } from './json-excess.js'
import { jsonPlaces } from './json-places.js'
import { duplicateKeys, NotJson, startOf, stringAt } from './json-scanner.js'
import { linePlace } from './place.js'
import { parseYaml, placesIn } from './yaml.js'

/**
 * The value of a text in JSON or YAML, whichever it is by its content. `name` is what messages call the file.
 *
 * @throws {ContractError} with all findings, if it isn't well-formed, is empty, or has a key twice in an object
 */
export const parseText = (text: string, name: string): unknown => {
  const value = parseJson(text, name)
  if (value === undefined) return parseYaml(text, name)
  const duplicates = duplicateKeys(text, value)
  if (duplicates.length === 0) return value
  throw new ContractError(
    duplicates.map(offset => {
      const what = `isn't well-formed: there has been a key ${JSON.stringify(stringAt(text, offset))} in this object before.`
      return { place: linePlace(text, name, offset), what, todo: 'Remove one of them.' }
    })
  )
}

// What isn't JSON may be YAML that begins like it; and if it is neither, YAML's parser knows what is wrong, and where.
const parseJson = (text: string, name: string): unknown => {
  const start = startOf(text)
  if (text[start] !== '{') return undefined
  if (jsonExcess(text) === 'depth') {
    const what = `is nested deeper than ${maxDepth} levels.`
    throw new ContractError([{ place: `${name}:1:1`, what, todo: 'Put what is deep inside into `components`.' }])
  }
  try {
    return JSON.parse(start === 0 ? text : text.slice(start))
  } catch {
    return undefined
  }
}

/** Tells where in a text in JSON or YAML things stand. Nothing of it is read before the first place is asked for. */
export const placesInText = (text: string, name: string): PlaceOf => {
  const inYaml = placesIn(text, name)
  if (text[startOf(text)] !== '{') return inYaml
  const inJson = jsonPlaces(text)
  return (path, part) => {
    try {
      const { line, column } = inJson(path, part)
      return `${name}:${line}:${column}`
    } catch (error) {
      if (error instanceof NotJson) return inYaml(path, part)
      throw error
    }
  }
}
