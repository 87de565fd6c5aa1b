import { parse } from 'node:querystring'

/** The fields of a form by their names: text, or a list of texts where a field was repeated. */
export type FormFields = Record<string, string | string[]>

/** The most fields that a form may have. */
export const maxFormFields = 64

/**
 * Reads a form in `application/x-www-form-urlencoded`, in linear time. A field without a value counts as absent
 * (RFC 6749 §3.2); malformed percent-encoding stands for itself; names are just names, brackets and all.
 *
 * @returns `undefined` if the form has more than `maxFormFields` fields
 */
export const parseForm = (text: string): FormFields | undefined => {
  const parsed = parse(text, '&', '=', { maxKeys: maxFormFields + 1 })
  const fields = Object.create(null) as FormFields
  let count = 0
  for (const name in parsed) {
    const value = parsed[name]
    if (typeof value === 'string') {
      count += 1
      if (value !== '') fields[name] = value
    } else if (value !== undefined) {
      count += value.length
      const [first, ...more] = value.filter(one => one !== '')
      if (first !== undefined) fields[name] = more.length > 0 ? [first, ...more] : first
    }
  }
  return count > maxFormFields ? undefined : fields
}
