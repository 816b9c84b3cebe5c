import { tellPages, type ActRecord, type DeviceDatabase } from './database.ts'
import { keepWhereItLies, type SecondPlace } from './second-place.ts'

export interface Returned {
  /** What came back where the browser had thrown its database away. */
  readonly acts: readonly ActRecord[]
  /** Both places hold the same by now. */
  readonly done: Promise<unknown>
}

/**
 * Makes both places hold the same. A database that knows nobody was made anew, or never held anything: it is filled before
 * anything is written into it, so that order holds. Any other is compared while its page opens: what a crash left in one
 * place alone comes to the other, and the server stores once what it already has.
 */
export async function fillAgain(database: DeviceDatabase, second: SecondPlace): Promise<Returned> {
  const isNew = (await database.getAllKeys('keys')).length === 0
  const done = putBack(database, second).catch(() => [])
  return { acts: isNew ? await done : [], done }
}

async function putBack(database: DeviceDatabase, second: SecondPlace): Promise<readonly ActRecord[]> {
  const { acts, leaves } = await second.held()
  for (const [owner, leave] of leaves) if (!(await database.get('credentials', owner))) await database.put('credentials', leave, owner)
  const writing = database.transaction('acts', 'readwrite', { durability: 'strict' })
  const back = new Set<string>()
  for (const { place, ...record } of acts) {
    if ((await writing.store.index('by-act').getKey(record.act)) !== undefined) continue
    // Under its own number, so that what is written next stands behind it; at the end where another has that number by now.
    const isFree = place !== undefined && (await writing.store.getKey(place)) === undefined
    await writing.store.add(record, isFree ? place : undefined)
    back.add(record.owner)
  }
  await writing.done
  for (const owner of back) tellPages(owner)
  await keepRest(database, second, acts)
  return acts
}

/** What lies in the database alone: kept before there was a second place, or while it could not be reached, or by a page that ended in that moment, or since sealed for the server. */
export async function keepRest(database: DeviceDatabase, second: SecondPlace, held?: readonly ActRecord[]): Promise<void> {
  held ??= (await second.held()).acts
  const there = new Map(held.map((record) => [record.act, record]))
  const { store } = database.transaction('acts')
  const [places, records] = await Promise.all([store.getAllKeys(), store.getAll()])
  for (const [at, record] of records.entries()) {
    if (record.gone) {
      // Taken off this device since both were compared last: it goes from the second place as well, where that could not let go of it, and then from here.
      if (await second.drop(record.act)) await database.delete('acts', places[at]!)
      continue
    }
    const known = there.get(record.act)
    if (!known || (record.server && !known.server) || (record.brought && !known.brought)) await keepWhereItLies(database, second, record, places[at]!)
  }
}
