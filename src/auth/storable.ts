/**
 * Whether every store gives a text back as it was. PostgreSQL refuses NUL, SQLite's libraries cut there; half of a
 * surrogate pair has no UTF-8, and would become another character.
 */
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)

/** The part of a text before the first character that isn't storable. */
export const storablePart = (text: string): string => text.replace(/[\0\p{Cs}].*/su, '')
