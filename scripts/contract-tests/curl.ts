import { gunzipSync } from 'node:zlib'
import type { Sent } from './client.js'

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The command that sends a request once more, for a shell. A compressed body is given as it was before. */
export const curlOf = (url: string, { method = 'GET', path, headers = {}, body }: Sent): string => {
  const withBody = body !== undefined && body !== null
  const typeless = withBody && headers['Content-Type'] === undefined ? ["-H 'Content-Type:'"] : [] // curl adds one
  const words = [
    'curl -i',
    ...(method === 'GET' && !withBody ? [] : [`-X ${method}`]),
    quoted(url + path),
    ...typeless,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`)
  ].join(' ')
  if (!withBody) return words
  if (typeof body === 'string') return `${words} --data-binary ${quoted(body)}`
  return `printf %s ${quoted(gunzipSync(body).toString())} | gzip | ${words} --data-binary @-`
}
