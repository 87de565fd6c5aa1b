import { STATUS_CODES } from 'node:http'

// What RFC 9110 §15.5.14 calls it; older versions of Node have the words of an older standard.
const newer: Readonly<Record<number, string>> = { 413: 'Content Too Large' }

/** The words of a status, which the chapter's application gives as the `detail` of an error. */
export const statusText = (status: number): string => newer[status] ?? STATUS_CODES[status] ?? 'Error'
