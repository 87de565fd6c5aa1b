import type { Problem } from '../../problems.js'
import { responseKey } from '../../openapi/response-key.js'

/** What is answered where nothing is wished for: a success, else a redirection, else the lowest that is declared. */
export const mockStatus = (declared: readonly string[]): number | undefined => {
  const statuses = declared.filter(key => /^\d{3}$/.test(key)).sort()
  const of = (hundred: string): string | undefined => statuses.find(status => status.startsWith(hundred))
  const success = of('2') ?? declared.find(key => key === '2XX') ?? declared.find(key => key === 'default')
  const key = success ?? of('3') ?? statuses[0] ?? declared[0]
  if (key === undefined) return undefined
  if (key === 'default') return 200
  return key === '3XX' ? 302 : Number(key.replace('XX', '00'))
}

/** The status that `Prefer: code=` names, if it can be answered and is declared, by itself, its class or `default`. */
export const wishedStatus = (code: string, responses: object, declared: readonly string[]): number | Problem => {
  const status = Number(code)
  if (/^[2-5]\d\d$/.test(code) && responseKey(responses, status) !== undefined) return status
  return { status: 404, detail: `The answer ${code} isn't declared. Declared are: ${declared.join(', ')}.` }
}
