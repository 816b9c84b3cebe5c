import { describe, expect, test } from 'vitest'
import { lentOf, lentText } from '../../core/chart/lent.ts'
import { instant } from '../../core/shared/time.ts'
import type { Request } from '../../core/contract/contract.ts'
import { Offline, Refused } from './client.ts'
import type { Clock } from './clock.ts'
import type { Me } from './device.ts'
import type { Act } from './device-store.ts'
import { fromBase64 } from './envelope.ts'
import { openGuests } from './guests.ts'
import { judgeBody } from './judge-body.ts'
import { memoryShelf } from './testing/shelf.ts'

const id = (last: number) => `a0000000-0000-4000-8000-00000000000${last}`
const [IDA, SAM, CHART, SESSION, OTHER] = [id(1), id(2), id(3), id(4), id(5)]
const START = Date.parse('2026-11-21T17:00:00.000Z')
const PIN = '2468'
const sam = { chart: CHART, session: SESSION, person: SAM, name: 'Sam Winter' }
const me = { person: IDA, name: 'Ida Berg', device: id(6) } as Me

/** Ida's tablet, and a server that knows Sam's PIN. */
async function tablet({ answer = undefined as (() => never) | undefined } = {}) {
  let [ms, closed, minted] = [START, false, 0]
  const kept: Act[] = []
  const told: string[] = []
  const known: { guest: string; person: string; until: string; publicKey: string }[] = []
  const shelf = await memoryShelf({ closed: () => closed })
  let tries = 5
  let slow: Promise<void> | undefined
  const guests = openGuests({
    me, shelf, judge: judgeBody, waits: (guest) => kept.some(({ entries }) => entries.some((entry) => lentOf(entry)?.guest === guest)), tell: async ({ params }: Request<'endGuest'>) => { answer?.(); told.push(params.guest); return { done: true as const } }, clock: { now: () => instant(ms), ms: () => ms } as Clock, add: async (act) => { kept.push(act) },
    enrol: async ({ body }: Request<'enrolGuest'>) => {
      answer?.()
      if (body.pin !== PIN || tries <= 0) { tries = Math.max(0, tries - 1); return { right: false, triesLeft: tries, guest: null } }
      const guest = { guest: `b0000000-0000-4000-8000-00000000000${minted += 1}`, person: body.person, until: instant(START + 4 * 3_600_000) }
      known.push({ ...guest, publicKey: body.publicKey })
      return { right: true, triesLeft: 5, guest }
    },
    ask: async () => { answer?.(); const guests = [...known]; await slow; return { guests } },
  })
  const sign = (pin = PIN, who = sam) => guests.sign(who, pin, (signature) => ({ kind: 'hand-over-taken.v1', session: who.session, body: { handOver: id(7), readBack: ['  doses '], signature } }))
  return { guests, shelf, kept, told, known, sign, later: (by: number) => { ms += by }, slow: (until: Promise<void>) => { slow = until }, lock: (now: boolean) => { closed = now } }
}
const triesLeft = async ({ shelf }: Awaited<ReturnType<typeof tablet>>) => (await shelf.all())[0]?.triesLeft

describe('a second person on the device of the first', () => {
  test('types their PIN once with a connection, and signs after that without: in their own name, and only the half that the server knows fits', async () => {
    const at = await tablet()
    expect(await at.guests.enrol(sam, PIN)).toEqual({ open: true })
    expect(await at.guests.here(SESSION)).toMatchObject([{ person: SAM }])
    expect(await at.guests.here(OTHER)).toEqual([])
    expect(await at.sign()).toEqual({ open: true })
    const [entry] = at.kept[0]!.entries
    expect(entry).toMatchObject({ by: SAM, device: me.device, session: SESSION, body: { readBack: ['doses'], signature: { person: SAM, lent: { by: IDA, name: 'Ida Berg', guest: at.known[0]!.guest } } } })
    const key = await crypto.subtle.importKey('raw', fromBase64(at.known[0]!.publicKey), { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    const fits = (text: string) => crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64(lentOf(entry!)!.proof), new TextEncoder().encode(text))
    expect([await fits(lentText(CHART, entry!)), await fits(lentText(OTHER, entry!))], 'as it was judged, for this chart').toEqual([true, false])
  })
  test('nothing that lies there names a person by name or opens without the PIN', async () => {
    const at = await tablet()
    await at.guests.enrol(sam, PIN)
    const [record] = await at.shelf.all()
    expect(Object.keys(record!).toSorted()).toEqual(['guest', 'person', 'sealed', 'session', 'triesLeft', 'until'])
    expect(new TextDecoder().decode(record!.sealed.data)).not.toContain('Sam')
  })
  test('has five tries; then what they sign with is gone, and nobody else’s', async () => {
    const at = await tablet()
    const tom = { ...sam, person: id(8), name: 'Tom' }
    await at.guests.enrol(sam, PIN)
    await at.guests.enrol(tom, PIN)
    const said = []
    for (let time = 0; time < 5; time += 1) said.push(await at.sign('1111'))
    expect(said.map((one) => !one.open && one.triesLeft)).toEqual([4, 3, 2, 1, 0])
    expect(said.at(-1)).toMatchObject({ say: expect.stringMatching(/^Too many wrong tries\. What Sam W\. signs with is deleted from this device, and nothing else is\./) })
    expect(await at.sign(), 'not even with the right one').toMatchObject({ open: false, say: expect.stringContaining('have not typed their PIN here') })
    expect((await at.guests.here(SESSION)).map(({ person }) => person)).toEqual([tom.person])
    expect([at.kept.length, await at.sign(PIN, tom)]).toEqual([0, { open: true }])
  }, 30_000)
  test('a right one gives the tries back, and a try counts before it is judged', async () => {
    const at = await tablet()
    await at.guests.enrol(sam, PIN)
    await at.sign('1111')
    expect(await triesLeft(at)).toBe(4)
    const trying = at.sign('2222')
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await triesLeft(at), 'while it is still being judged').toBe(3)
    await trying
    await at.sign()
    expect(await triesLeft(at)).toBe(5)
  }, 30_000)
  test('signs no longer once the time for it is over, and what lay there goes', async () => {
    const at = await tablet()
    await at.guests.enrol(sam, PIN)
    at.later(4 * 3_600_000)
    expect(await at.sign()).toMatchObject({ open: false, say: expect.stringContaining('the time for this session is over') })
    await at.guests.sweep()
    expect([await at.shelf.all(), at.kept]).toEqual([[], []])
  })
  test('signs no longer where their time is over by the moment in which their PIN has opened their key: the server would refuse it', async () => {
    const at = await tablet()
    await at.guests.enrol(sam, PIN)
    const signing = at.sign()
    await new Promise((resolve) => setTimeout(resolve, 5))
    at.later(4 * 3_600_000)
    expect(await signing).toMatchObject({ open: false, say: expect.stringContaining('the time for this session is over') })
    expect([at.kept, await triesLeft(at)]).toEqual([[], 5])
  })
  test('let in while the server is asked who still may stays, though the answer does not name them yet', async () => {
    const at = await tablet()
    let answers = () => {}
    at.slow(new Promise((resolve) => { answers = resolve }))
    const asking = at.guests.refresh(CHART, SESSION)
    await at.guests.enrol(sam, PIN)
    answers()
    await asking
    expect(await at.guests.here(SESSION)).toMatchObject([{ person: SAM }])
  })
  test.each<[string, boolean, boolean, number]>([
    ['with a connection', false, false, 1],
    ['without one', true, false, 0],
    ['while something they signed waits here, which the server would refuse after it', false, true, 0],
  ])('taken off by whose device it is, %s: signs no more, nobody else is, and what was signed stays', async (_, isAway, signs, times) => {
    let away = false
    const at = await tablet({ answer: () => { if (away) throw new Offline(); return undefined as never } })
    await at.guests.enrol(sam, PIN)
    await at.guests.enrol({ ...sam, person: id(8), name: 'Tom' }, PIN)
    if (signs) await at.sign()
    away = isAway
    await at.guests.end(sam)
    expect((await at.guests.here(SESSION)).map(({ person }) => person)).toEqual([id(8)])
    expect(await at.sign()).toMatchObject({ open: false, say: expect.stringContaining('have not typed their PIN here') })
    expect([at.kept.length, at.told]).toEqual([signs ? 1 : 0, at.known.slice(0, times).map(({ guest }) => guest)])
    await at.guests.end(sam) // Once more: there is nobody.
    expect(at.told).toHaveLength(times)
  })
  test('gone while their PIN is typed, as with the lock of whose device it is: that is said, and not that a PIN was wrong', async () => {
    const at = await tablet()
    await at.guests.enrol(sam, PIN)
    const signing = at.sign()
    await at.shelf.change(() => [])
    expect(await signing).toMatchObject({ open: false, say: expect.stringContaining('have not typed their PIN here') })
    expect(at.kept).toEqual([])
  })
  test('goes when the server does not know them any more, and stays when it does not answer', async () => {
    let away = false
    const at = await tablet({ answer: () => { if (away) throw new Offline(); return undefined as never } })
    await at.guests.enrol(sam, PIN)
    away = true
    at.known.length = 0
    await at.guests.refresh(CHART, SESSION)
    expect(await at.guests.here(SESSION)).toHaveLength(1)
    away = false
    await at.guests.refresh(CHART, SESSION)
    expect(await at.guests.here(SESSION)).toEqual([])
  })
  test('is not let in by a wrong PIN, behind the lock, or without a connection; each is said', async () => {
    const at = await tablet()
    expect(await at.guests.enrol(sam, '1111')).toEqual({ open: false, triesLeft: 4, say: 'That PIN is not right. 4 tries left.' })
    at.lock(true)
    expect(await at.guests.enrol(sam, PIN)).toMatchObject({ open: false, say: expect.stringContaining('nobody else can sign here') })
    const alone = await tablet({ answer: () => { throw new Offline() } })
    expect(await alone.guests.enrol(sam, PIN)).toMatchObject({ open: false, say: expect.stringMatching(/^There is no connection/) })
    const refused = await tablet({ answer: () => { throw new Refused(409, 'guest.no-pin', 'They have no PIN yet.') } })
    expect(await refused.guests.enrol(sam, PIN)).toMatchObject({ open: false, say: 'They have no PIN yet.' })
    expect([at, alone, refused].flatMap(({ kept }) => kept)).toEqual([])
  })
})
