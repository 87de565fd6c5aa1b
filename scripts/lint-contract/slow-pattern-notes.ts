import { type Contract, type Note, pointer, walk } from '../../src/contract/index.js'

/**
 * Patterns for which a backtracking engine, such as those of browsers and of most clients, can take exponential or
 * polynomial time. This server matches them in linear time, or refuses the contract; others may not.
 */
export const slowPatternNotes = async (contract: Contract): Promise<Note[]> => {
  const found: { readonly pattern: string; readonly pointer: string }[] = []
  walk(contract.document, (kind, object, at) => {
    if (kind !== 'Schema' || typeof object !== 'object' || object === null) return
    const { pattern, patternProperties = {} } = object as { pattern?: unknown; patternProperties?: object }
    if (typeof pattern === 'string') found.push({ pattern, pointer: at + pointer('pattern') })
    for (const name of Object.keys(patternProperties)) {
      found.push({ pattern: name, pointer: at + pointer('patternProperties', name) })
    }
  })
  if (found.length === 0) return []
  process.env['RECHECK_BACKEND'] = 'pure' // the others are programs that not every machine can run
  const { check } = await import('recheck') // loads for a while, and most contracts have no pattern
  const verdicts = new Map<string, string>()
  for (const { pattern } of found) {
    if (verdicts.has(pattern)) continue
    const found = await check(pattern, 'u', { timeout: 2_000 })
    verdicts.set(pattern, found.status === 'vulnerable' ? found.complexity.summary : '')
  }
  return found.flatMap(({ pattern, pointer: at }) => {
    const verdict = verdicts.get(pattern) ?? ''
    if (verdict === '') return []
    const what = `A backtracking engine can take long to match this pattern: ${verdict}.`
    return [{ pointer: at, rule: 'slow-pattern', what, todo: 'Anchor it, and let no two repetitions match the same.' }]
  })
}
