import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/**
 * The road between one device and the server, as bytes. Setting a page offline leaves an open stream running and tells the
 * page what has happened; here nobody tells anybody anything, as on a real network.
 */
export interface Road {
  readonly url: string
  pass(): void
  /** Connections stay open and nothing comes through, either way; new ones are taken and lead nowhere. */
  blackHole(): void
  /** Connections break, and new ones are refused. */
  cut(): void
  /** So many bytes still reach the device, perhaps half a message; after that a black hole. */
  dropAfter(bytes: number): void
  /** Only towards the server, or only towards the device. */
  oneWay(towards: 'server' | 'device'): void
  /** Bytes that were swallowed so far: a proof that something was. */
  swallowed(): number
  close(): Promise<void>
}

interface Pair { readonly device: Socket; readonly server: Socket; torn: boolean }

export async function roadTo(port: number): Promise<Road> {
  const pairs = new Set<Pair>()
  let open = { server: true, device: true, refuse: false, most: Number.POSITIVE_INFINITY }
  let swallowed = 0
  const through = (towards: 'server' | 'device', pair: Pair, bytes: Buffer) => {
    const allowed = !open[towards] || pair.torn ? 0 : towards === 'device' ? Math.min(bytes.length, open.most) : bytes.length
    if (towards === 'device') open.most -= allowed
    if (allowed > 0) pair[towards].write(bytes.subarray(0, allowed))
    if (allowed < bytes.length) { pair.torn = true; swallowed += bytes.length - allowed }
  }
  const gate = createServer((device) => {
    if (open.refuse) return void device.destroy()
    const pair: Pair = { device, server: connect(port, '127.0.0.1'), torn: false }
    pairs.add(pair)
    device.on('data', (bytes) => through('server', pair, bytes))
    pair.server.on('data', (bytes) => through('device', pair, bytes))
    for (const [here, there] of [[device, pair.server], [pair.server, device]] as const) {
      here.on('error', () => here.destroy())
      // Where nothing comes through, nobody hears of the other end either.
      here.on('close', () => { if (!pair.torn && open.server && open.device) { there.destroy(); pairs.delete(pair) } })
    }
  })
  const breakUp = (which: (pair: Pair) => boolean) => {
    for (const pair of pairs) if (which(pair)) { pair.device.destroy(); pair.server.destroy(); pairs.delete(pair) }
  }
  const set = (next: Partial<typeof open>) => { open = { server: true, device: true, refuse: false, most: Number.POSITIVE_INFINITY, ...next } }
  await new Promise<void>((resolve) => { gate.listen(0, '127.0.0.1', resolve) })
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    // A connection that has lost bytes, or whose other end went meanwhile, cannot go on.
    pass() { set({}); breakUp((pair) => pair.torn || pair.device.destroyed || pair.server.destroyed) },
    blackHole: () => set({ server: false, device: false }),
    cut() { set({ refuse: true }); breakUp(() => true) },
    dropAfter: (most) => set({ most }),
    oneWay: (towards) => set({ server: towards === 'server', device: towards === 'device' }),
    swallowed: () => swallowed,
    async close() { breakUp(() => true); await new Promise((resolve) => { gate.close(resolve) }) },
  }
}
