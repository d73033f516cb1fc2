import { BlockList, isIP } from 'node:net'

/** Says whether a request may go to a numeric address. */
export type AddressRule = (address: string) => boolean

/** IANA's special-purpose IPv4 registry (RFC 6890) and multicast: this host, private, carrier NAT, loopback, link-local with clouds' metadata. */
const CLOSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]

/** Global unicast is all that is open in IPv6 (RFC 4291, section 2.4), so mapped, NAT64, local and multicast forms are closed with it. */
const OPEN_V6 = ['2000::/3']
/** Within it: protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4 address. */
const CLOSED_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/**
 * Public addresses only, so that a URL that somebody typed cannot reach what stands behind our own wall. `inside` names exceptions in
 * CIDR form, for a region whose identity provider stands in its own network.
 */
export function addressRule(inside: readonly string[] = []): AddressRule {
  const excepted = listOf(inside)
  return (address) => {
    const family = isIP(address)
    if (family === 0) return false
    if (excepted.check(address, family === 4 ? 'ipv4' : 'ipv6')) return true
    return family === 4 ? !closedV4.check(address, 'ipv4') : openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
  }
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/')
    const family = isIP(network)
    if (family === 0 || !/^\d+$/.test(bits)) throw new Error(`"${range}" is no range of addresses; one looks like 10.20.0.0/16.`)
    list.addSubnet(network, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

const closedV4 = listOf(CLOSED_V4)
const openV6 = listOf(OPEN_V6)
const closedV6 = listOf(CLOSED_V6)
