import { STATUS_CODES } from 'node:http'

/** A refusal in the words of RFC 9457. */
export const problem = <Status extends number>(status: Status, detail?: string) => ({
  status,
  body: { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, ...(detail !== undefined && { detail }) }
})
