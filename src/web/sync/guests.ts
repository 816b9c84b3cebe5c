import { lentOf, lentText } from '../../core/chart/lent.ts'
import type { Entry } from '../../core/chart/entry.ts'
import type { EntryKind } from '../../core/chart/kinds.ts'
import type { Signature } from '../../core/chart/kinds/kind.ts'
import { shortName } from '../../core/shared/short-name.ts'
import { actOf } from './act-of.ts'
import type { Written } from './chart-on-device.ts'
import { call, Offline, Refused } from './client.ts'
import type { Clock } from './clock.ts'
import { seal, unseal, type Sealed } from './database.ts'
import type { Me } from './device.ts'
import type { Act } from './device-store.ts'
import { bytesOf, fromBase64, toBase64 } from './envelope.ts'
import type { Unlocked } from './lock.ts'
import { PIN_TRIES } from './pin.ts'
import { stretched, unwrap, wrap } from './vault.ts'
import type { Wire } from './wire.ts'

/** What lies on the disk of somebody who may sign on another person's device. What opens their key is their own PIN, and nothing of it lies here. */
export interface GuestRecord {
  readonly guest: string
  readonly person: string
  readonly session: string
  readonly until: string
  readonly triesLeft: number
  /** Their key, wrapped by their PIN and the device's own key; all of it sealed as the charts of this device are. */
  readonly sealed: Sealed
}
interface Wrapped {
  readonly name: string
  readonly salt: string
  readonly iv: string
  readonly key: string
}

/** Where guests are kept: with what the person keeps whose device it is, and gone with it. */
export interface GuestShelf {
  all(): Promise<readonly GuestRecord[]>
  /** In one step, so that two pages count one try each. */
  change(change: (known: readonly GuestRecord[]) => readonly GuestRecord[]): Promise<void>
  /** The device's own key, and the one that seals what was read; nothing while that is locked away. */
  keys(): Promise<{ readonly device: CryptoKey; readonly reading: CryptoKey } | undefined>
}

export interface GuestHere {
  readonly person: string
  readonly until: string
}
interface Somebody {
  readonly chart: string
  readonly session: string
  readonly person: string
  readonly name: string
}

/** A second person on this device. */
export interface Guests {
  /** Who can sign here, also without a connection. */
  here(session: string): Promise<readonly GuestHere[]>
  /** Their PIN, typed once while the server is there to judge it. */
  enrol(who: Somebody, pin: string): Promise<Unlocked>
  /** What they sign stands in their name, and is durable on this device when it returns open. */
  sign(who: Somebody, pin: string, write: (signature: Signature) => Written): Promise<Unlocked>
  /** They sign here no more: what signs for them here is deleted, also without a connection. What they signed stays, and goes out. */
  end(who: Pick<Somebody, 'chart' | 'session' | 'person'>): Promise<void>
  /** Whom the server does not know any more goes. False where it could not be asked. */
  refresh(chart: string, session: string): Promise<boolean>
  /** Those whose time is over go. */
  sweep(): Promise<void>
  onChange(listener: () => void): () => void
}

export interface GuestParts {
  readonly me: Me
  readonly shelf: GuestShelf
  readonly clock: Clock
  readonly judge: ((kind: EntryKind, body: unknown) => unknown) | undefined
  readonly add: (act: Act) => Promise<void>
  /** Whether something that this guest signed here waits to be sent. */
  readonly waits: (guest: string) => boolean
  readonly enrol?: Wire['enrolGuest']
  readonly ask?: Wire['guests']
  readonly tell?: Wire['endGuest']
}

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
/** Stands where the proof will be while the body is judged, since the proof covers the body as it was judged. */
const NO_PROOF = `${'A'.repeat(86)}==`

export function openGuests({ me, shelf, clock, judge, add, waits, tell = (request) => call('endGuest', request), enrol = (request) => call('enrolGuest', request), ask = (request) => call('guests', request) }: GuestParts): Guests {
  const listeners = new Set<() => void>()
  const change: GuestShelf['change'] = async (how) => {
    await shelf.change(how)
    for (const listener of listeners) listener()
  }
  const without = (person: string, session: string) => (known: readonly GuestRecord[]) => known.filter((one) => one.person !== person || one.session !== session)
  const find = async ({ person, session }: Pick<Somebody, 'person' | 'session'>) => (await shelf.all()).find((one) => one.person === person && one.session === session)

  return {
    async here(session) {
      return (await shelf.all()).filter((one) => one.session === session && one.until > clock.now()).map(({ person, until }) => ({ person, until }))
    },
    async enrol({ chart, session, person, name }, pin) {
      const keys = await shelf.keys()
      if (!keys) return CLOSED
      const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])
      const half = toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)))
      const answer = await enrol({ params: { chart, session }, body: { person, pin, publicKey: half } }).catch(asRefusal)
      if ('say' in answer) return answer
      const { right, triesLeft, guest } = answer
      if (!right || !guest) return { open: false, triesLeft, say: triesLeft > 0 ? wrong(triesLeft) : `Too many wrong tries for ${shortName(name)}. Nothing was signed. They sign in again with their code on their own device, and then their PIN works here as well.` }
      const secret = new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey))
      const salt = crypto.getRandomValues(new Uint8Array(16))
      const { iv, data } = await wrap(keys.device, await stretched(pin, salt), secret)
      secret.fill(0)
      const sealed = await seal(keys.reading, { name, salt: toBase64(salt), iv: toBase64(iv), key: toBase64(new Uint8Array(data)) } satisfies Wrapped)
      await change((known) => [...without(person, session)(known), { guest: guest.guest, person, session, until: guest.until, triesLeft: PIN_TRIES, sealed }])
      return { open: true }
    },
    async sign(who, pin, write) {
      const known = await find(who)
      if (!known || known.until <= clock.now()) return cannot(who.name, known)
      const keys = await shelf.keys()
      if (!keys) return CLOSED
      // A try counts before it is judged, so that nobody gains one by closing the page.
      let triesLeft = undefined as number | undefined
      await change((all) => all.map((one) => (one.guest === known.guest ? { ...one, triesLeft: (triesLeft = one.triesLeft - 1) } : one)))
      // Gone in that moment, by another page or with what is kept here: nothing was tried.
      if (triesLeft === undefined) return cannot(who.name, undefined)
      const key = triesLeft < 0 ? undefined : await opened(known, keys, pin)
      if (!key) {
        if (triesLeft <= 0) await change(without(who.person, who.session))
        return { open: false, triesLeft, say: triesLeft > 0 ? wrong(triesLeft) : `Too many wrong tries. What ${shortName(who.name)} signs with is deleted from this device, and nothing else is. They sign on their own device, or type their PIN here again once there is a connection.` }
      }
      await change((all) => all.map((one) => (one.guest === known.guest ? { ...one, triesLeft: PIN_TRIES } : one)))
      // By the moment that is signed, and not by the one in which it was begun: the clock may have been put right in between.
      const signedAt = clock.now()
      if (known.until <= signedAt) return cannot(who.name, known)
      const signature: Signature = { person: who.person, name: who.name, meaning: 'confirmation', method: 'pin', signedAt, lent: { by: me.person, name: me.name, guest: known.guest, proof: NO_PROOF } }
      const act = actOf({ ...me, person: who.person }, clock, who.chart, [write(signature)], judge)
      await add({ ...act, entries: await Promise.all(act.entries.map((entry) => proven(key, who.chart, entry))) })
      return { open: true }
    },
    async end({ chart, session, person }) {
      const known = await find({ person, session })
      await change(without(person, session))
      // Told now, the server would refuse what waits here; their key is gone, and their time there ends by itself.
      if (known && !waits(known.guest)) await tell({ params: { chart, session, guest: known.guest }, body: {} }).catch(() => {})
    },
    async refresh(chart, session) {
      const before = (await shelf.all()).map(({ guest }) => guest)
      const answer = await ask({ params: { chart, session } }).catch(() => undefined)
      if (!answer) return false
      const stand = new Set(answer.guests.map(({ guest }) => guest))
      // Whoever was let in since it was asked is in no answer yet.
      const isOver = (one: GuestRecord) => one.session === session && before.includes(one.guest) && !stand.has(one.guest)
      if ((await shelf.all()).some(isOver)) await change((known) => known.filter((one) => !isOver(one)))
      return true
    },
    async sweep() {
      const now = clock.now()
      if ((await shelf.all()).some(({ until }) => until <= now)) await change((known) => known.filter(({ until }) => until > now))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const CLOSED = { open: false, triesLeft: 1, say: 'This device keeps nothing sealed at the moment, so nobody else can sign here. Nothing was signed. They sign on their own device.' } as const
const cannot = (name: string, known: GuestRecord | undefined): Unlocked => ({ open: false, triesLeft: 1, say: `${shortName(name)} cannot sign on this device ${known ? 'any more: the time for this session is over' : 'yet: they have not typed their PIN here'}. Nothing was signed. They sign on their own device, or here once there is a connection.` })
const wrong = (triesLeft: number) => `That PIN is not right. ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.`

function asRefusal(failure: unknown): Exclude<Unlocked, { open: true }> {
  if (failure instanceof Refused) return { open: false, triesLeft: 1, say: failure.say }
  if (failure instanceof Offline) return { open: false, triesLeft: 1, say: 'There is no connection, and a PIN is typed here the first time with one. Nothing was signed. They sign on their own device, or here once it is back.' }
  throw failure
}

async function opened({ sealed }: GuestRecord, { device, reading }: { readonly device: CryptoKey; readonly reading: CryptoKey }, pin: string): Promise<CryptoKey | undefined> {
  const { salt, iv, key } = await unseal<Wrapped>(reading, sealed)
  const secret = await unwrap(device, await stretched(pin, fromBase64(salt)), { iv: fromBase64(iv), data: fromBase64(key).buffer })
  if (!secret) return undefined
  const signs = await crypto.subtle.importKey('pkcs8', secret, CURVE, false, ['sign'])
  secret.fill(0)
  return signs
}

async function proven(key: CryptoKey, chart: string, entry: Entry): Promise<Entry> {
  const proof = toBase64(new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytesOf(lentText(chart, entry)))))
  const body = entry.body as { readonly signature: Signature }
  return { ...entry, body: { ...body, signature: { ...body.signature, lent: { ...lentOf(entry)!, proof } } } } as unknown as Entry
}
