import { BlockList, isIP } from 'node:net'

const INNER_4 = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4']
/** Of version 6 only the range that is given out is outer, less what in it carries an address of version 4, or is for examples. */
const OUTER_6 = ['2000::/3']
const INNER_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const inner = listOf(INNER_4, INNER_6)
const outer = listOf([], OUTER_6)

/**
 * Whether an address leads anywhere but out into the world: this machine, the house's network, the provider's, the machine
 * that tells a rented server its secrets. What is no address counts as inner.
 */
export function isInner(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return inner.check(address, 'ipv4')
  if (family === 6 && !address.includes('%')) return !outer.check(address, 'ipv6') || inner.check(address, 'ipv6')
  return true
}

function listOf(four: readonly string[], six: readonly string[]): BlockList {
  const list = new BlockList()
  for (const [ranges, family] of [[four, 'ipv4'], [six, 'ipv6']] as const) {
    for (const range of ranges) {
      const [net = '', bits] = range.split('/')
      list.addSubnet(net, Number(bits), family)
    }
  }
  return list
}
