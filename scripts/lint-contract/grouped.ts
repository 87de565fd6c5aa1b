import type { LintFinding } from './rules.js'

/** Findings as lines: each, or the first of each rule with the number of the others. */
export const grouped = (findings: readonly LintFinding[], all: boolean): string[] => {
  const kinds = new Map<string, LintFinding[]>()
  for (const finding of findings) kinds.set(finding.rule, [...(kinds.get(finding.rule) ?? []), finding])
  const line = ({ place, what, rule }: LintFinding): string => `${place}  ${what}  (${rule})`
  if (all) return findings.map(line)
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    return [line(first) + (others.length > 0 ? ` and ${others.length} more: --all shows each` : '')]
  })
}
