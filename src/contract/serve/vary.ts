import type { ServerResponse } from 'node:http'

/**
 * Makes a response say in `Vary` that it depends on a header of the request, beside whatever else it will say there. What
 * `writeHead` is given takes the place of what was set before: so it is added as late as that.
 */
export const addToVary = (response: ServerResponse, name: string): void => {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: readonly unknown[]) => ServerResponse
  response.writeHead = (status: number, ...rest: readonly unknown[]) => {
    const [list] = rest
    if (rest.length === 1 && Array.isArray(list) && !response.hasHeader('Vary') && !list.some(isVary)) {
      return writeHead(status, ['Vary', name, ...(list as readonly unknown[])]) // so are nearly all: without what merges
    }
    const reason = rest.filter(one => typeof one === 'string')
    const [given, others] = withoutVary(rest.find(one => typeof one === 'object' && one !== null))
    const said = given.length > 0 ? given : [response.getHeader('Vary') ?? []].flat().map(String)
    response.setHeader('Vary', merged(said, name))
    return writeHead(status, ...reason, others)
  }
}

const isVary = (one: unknown): boolean => typeof one === 'string' && one.length === 4 && one.toLowerCase() === 'vary'

// The two forms in which Node takes headers: names and values in one list, or an object.
const withoutVary = (headers: unknown): [varies: string[], others: unknown] => {
  if (Array.isArray(headers)) {
    const at = (index: number): boolean => isVary(headers[index - (index % 2)])
    const varies = headers.filter((_, index) => index % 2 === 1 && at(index)).map(String)
    return [varies, headers.filter((_, index) => !at(index))]
  }
  const entries = Object.entries(headers ?? {})
  const varies = entries.filter(([key]) => isVary(key)).flatMap(([, value]) => [value as unknown].flat().map(String))
  return [varies, Object.fromEntries(entries.filter(([key]) => !isVary(key)))]
}

const merged = (said: readonly string[], name: string): string => {
  const names = said.flatMap(one => one.split(',')).map(one => one.trim())
  const isSaid = names.some(one => one === '*' || one.toLowerCase() === name.toLowerCase())
  return (isSaid ? names : [...names, name]).join(', ')
}
