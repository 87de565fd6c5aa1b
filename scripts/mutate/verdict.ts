/** What one stage says of an edit. */
export type Verdict = { readonly killed: false } | { readonly killed: true; readonly how: string }

/** What has noticed an edit, in the order of the columns of the report. */
export const killers = ['contract', 'compiler', 'linter', 'derived suite', 'other tests'] as const
export type Killer = (typeof killers)[number]
