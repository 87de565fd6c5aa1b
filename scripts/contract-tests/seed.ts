import type { KnownAskers } from './known-askers.js'

/** What is there before each test that the contract writes. */
export interface Seed<Services extends object> {
  /** Makes the services of the server that is tested: called before each test. */
  readonly services: () => Services | Promise<Services>
  /** Who the names of the contract's examples are, where no example of a login says it. */
  readonly credentials: KnownAskers
}

/** Services that can begin anew while a server goes on with them. */
export interface Renewable<Services> {
  readonly services: Services
  readonly renew: () => Promise<void>
}

/**
 * Makes services of which each part (a store, say) stands for the one that was made last: so that a server begins each
 * test with what the seed says, and needn't be made anew.
 */
export const renewable = async <Services extends object>({
  services: make
}: Pick<Seed<Services>, 'services'>): Promise<Renewable<Services>> => {
  let current = await make()
  const standIn = (name: string): unknown => {
    const part = (): unknown => Reflect.get(current, name)
    const first = part()
    if (typeof first === 'function')
      return (...args: unknown[]): unknown => Reflect.apply(part() as never, current, args)
    if (typeof first !== 'object' || first === null) return first
    return new Proxy(first, {
      get: (_, key) => {
        const owner = part() as object
        const value: unknown = Reflect.get(owner, key)
        return typeof value === 'function' ? (value.bind(owner) as unknown) : value
      }
    })
  }
  const services = Object.fromEntries(Object.keys(current).map(name => [name, standIn(name)])) as Services
  return {
    services,
    renew: async () => {
      current = await make()
    }
  }
}
