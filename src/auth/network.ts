import { isIPv6 } from 'node:net'

/** The eight groups of an IPv6 address, in hexadecimal without leading zeros. */
const groupsOf = (address: string): readonly string[] => {
  // A URL has its addresses in the form of RFC 5952, with `::` at most once and no dots.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [head, tail].map(groups => (groups === '' ? [] : groups.split(':')))
  const [left, right] = [first ?? [], last ?? []]
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
}

/** An address to which a proxy has added the port of the connection: `192.0.2.1:443`, `[2001:db8::1]:443`. */
const withPort = /^(?:([\d.]+):\d+|\[([^\]]+)\](?::\d+)?)$/

/**
 * The network of one subscriber that an IP address belongs to: an IPv4 address itself, the /64 of an IPv6 address, the
 * IPv4 address in one that is mapped (RFC 4291 §2.5.5.2). A port, which is another one for each connection, doesn't
 * count. What is no IP address is its own network.
 */
export const networkOf = (from: string): string => {
  const [, v4, v6] = withPort.exec(from) ?? []
  const address = v4 ?? v6 ?? from
  if (!isIPv6(address)) return address
  const [withoutZone = ''] = address.split('%')
  const groups = groupsOf(withoutZone)
  if (groups.slice(0, 6).join(':') !== '0:0:0:0:0:ffff') return `${groups.slice(0, 4).join(':')}::/64`
  return groups
    .slice(6)
    .map(group => Number.parseInt(group, 16))
    .flatMap(group => [group >> 8, group & 255])
    .join('.')
}
