import { isRecord } from '../../src/contract/index.js'

/**
 * The form of a login that doesn't ask for a scope (RFC 6749 §3.3), which is a list or a text. Where nothing would be
 * left, it asks for another one; `undefined` if there is none, or if it doesn't ask for the scope anyway.
 *
 * @param others the scopes that may be asked for in its place
 */
export const lesserForm = (form: unknown, scope: string, others: readonly string[]): unknown => {
  const asked = isRecord(form) ? form['scope'] : undefined
  const isList = Array.isArray(asked)
  const all = isList ? (asked as unknown[]).map(String) : typeof asked === 'string' ? asked.split(' ') : []
  if (!isRecord(form) || !all.includes(scope)) return undefined
  const rest = all.filter(one => one !== scope)
  const left = rest.length > 0 ? rest : others.slice(0, 1)
  return left.length === 0 ? undefined : { ...form, scope: isList ? left : left.join(' ') }
}
