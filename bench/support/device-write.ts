import { keyFor, openDeviceDatabase } from '../../src/web/sync/database.ts'
import type { Act, DeviceStore } from '../../src/web/sync/device-store.ts'
import { freshPair, toBase64 } from '../../src/web/sync/envelope.ts'
import { indexedStore, type Keyring } from '../../src/web/sync/indexed-store.ts'
import { plainKeyring, vaultOf } from '../../src/web/sync/kept-vault.ts'
import { secondPlace } from '../../src/web/sync/second-place.ts'

const me = { person: 'a0000000-0000-4000-8000-000000000002', device: 'd0000000-0000-4000-8000-000000000001' }
const CHART = 'c0000000-0000-4000-8000-000000000001'

const WAYS = ['bare', 'before', 'once', 'now'] as const

/** In a browser: how long an act takes from a touch until it is durable, in milliseconds: not sealed at all, sealed as it was before there was a vault, sealed for its author and for the server, and that in the second place as well. */
export async function deviceWrites(count: number): Promise<Record<(typeof WAYS)[number], readonly number[]>> {
  const database = await openDeviceDatabase()
  const server = { id: '0123456789abcdef', publicKey: toBase64((await freshPair()).publicKey) }
  await keyFor(database, me.person, 'outbox')
  const plain = await plainKeyring(database, me.person)
  const vault = await vaultOf(database, me, { share: 'what only the server says', key: server, credential: null }, async () => undefined)
  await vault!.openWithout('what only the server says')
  const bare: Keyring = { ...plain, sealAct: async (act) => ({ about: { ...act, text: JSON.stringify(act) } as never }) }
  const stores = { bare: indexedStore(database, me.person, bare), before: indexedStore(database, me.person, plain), once: indexedStore(database, me.person, vault!), now: indexedStore(database, me.person, vault!, secondPlace()) }
  const times = { bare: [] as number[], before: [] as number[], once: [] as number[], now: [] as number[] }
  // In turns, so that a busy moment of the machine falls on all of them.
  for (let number = 0; number < count + WARM; number += 1) for (const name of WAYS) {
    const took = await timeOf(stores[name], number)
    if (number >= WARM) times[name].push(took)
  }
  const there = (await secondPlace().held()).acts.length
  if (there !== count + WARM) throw new Error(`In the second place lie ${there} of ${count + WARM} acts`)
  return times
}
const WARM = 20

async function timeOf(store: DeviceStore, number: number): Promise<number> {
  const act = anAct(number)
  const began = performance.now()
  await store.putAct(act)
  return performance.now() - began
}

function anAct(number: number): Act {
  const now = new Date().toISOString()
  const entry = { id: crypto.randomUUID(), kind: 'vitals.v1', at: now, writtenAt: now, by: me.person, device: me.device, session: CHART, body: { systolicMmHg: 120 + (number % 20), diastolicMmHg: 78, heartRatePerMin: 72, spo2Percent: 97, respiratoryRatePerMin: 14, onRoomAir: true, position: 'reclined' } }
  return { id: crypto.randomUUID(), chart: CHART, stream: 'chart', entries: [entry], writtenAt: now } as unknown as Act
}
