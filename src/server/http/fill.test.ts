import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { BookedVisit, SoonerWished } from '../../core/chart/kinds/aftercare.ts'
import type { FitRow, FreedRow, PutAwayRow, OfferRound } from '../../core/contract/fill.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import type { RouteName } from '../../core/contract/contract.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { offerTimes } from '../jobs/offer-times.ts'
import { tellOffers } from '../jobs/tell-offers.ts'
import { appendFound } from '../store/followed.ts'
import { makeBookable } from '../testing/bookable.ts'
import { addChart, addPerson, type TestPerson } from '../testing/practice.ts'
import { device, inquiryOf, world, type Asked, type World, answered, done } from '../testing/world.ts'
import { createApp } from './app.ts'
import { asJob } from './job.ts'
import type { Site } from './shell.ts'

/** A first visit is cancelled, three others would come sooner: who fits, who is asked, and who has it in the end. */
let all: World
const NOON = '2026-11-23T20:00:00.000Z'
let now = NOON
interface Waiting { readonly person: TestPerson; readonly chart: string; readonly name: string }
let [mara, ida, tom, uma]: Waiting[] = []
const room = { id: randomUUID(), name: 'Cedar' }
const by = (who: TestPerson, name: RouteName, asked: Asked = {}) => answered(all, name, who, asked)
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, asked)
const read = async ({ chart }: Waiting) => readChart((await desk('entries', { params: { chart } })).entries as StoredEntry[])
const stands = async (who: Waiting) => standingVisits(await read(who))[0]!
/** Of one kind, as they were written: the hours of these tests go back and forth. */
const bySeq = (a: { readonly seq?: number }, b: { readonly seq?: number }) => (a.seq ?? 0) - (b.seq ?? 0)
const offersTo = async (who: Waiting) => (await read(who)).all('time-offered.v1').toSorted(bySeq)
const answersOf = async (who: Waiting) => (await read(who)).all('time-offer-answered.v1').toSorted(bySeq)
/** A first visit with Thea in Cedar, at an hour on the wall of that December. */
const intake = (day: string, clock: string, visit: string = randomUUID()): BookedVisit => {
  const startsAt = new Date(`2026-12-${day}T${clock}:00.000-08:00`).toISOString()
  return { visit, type: 'intake', number: 1, startsAt, endsAt: plusMinutes(startsAt, 60), localStart: `2026-12-${day}T${clock}`, zone: 'America/Los_Angeles', people: [{ person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }], room, online: false }
}
const book = (who: Waiting, visit: BookedVisit) => done(desk('book', { params: { chart: who.chart }, body: { id: randomUUID(), device, visits: [visit] } }))
const cancel = (who: Waiting, visit: string) => done(desk('cancelVisit', { params: { chart: who.chart, visit }, body: { id: randomUUID(), device, why: 'cannot come' } }))
const wish = async (who: Waiting, more: Partial<SoonerWished> = {}, as: TestPerson = who.person, visit?: string) =>
  by(as, 'wishSooner', { params: { chart: who.chart, visit: visit ?? (await stands(who)).visit }, body: { id: randomUUID(), device, wish: { from: '2026-11-24', to: '2026-12-31', weekdays: [], otherWay: false, noticeHours: 24, ...more } } })
const freedNow = async () => (await done(desk('freedTimes'))) as unknown as { freed: FreedRow[]; putAway: PutAwayRow[]; rounds: OfferRound[]; waiting: { sooner: number; first: number } }
const fitsFor = async ({ visit, startsAt }: FreedRow) => (await done(desk('whoFits', { params: { visit }, query: { startsAt } }))) as unknown as { fits: FitRow[]; not: { name: string; why: string[] }[] }
const offer = async ({ visit, startsAt }: FreedRow, to: readonly Waiting[], way = 'in-turn', id: string = randomUUID(), hours = 24) =>
  desk('offerFreed', { params: { visit }, body: { id, startsAt, way, hours, turns: await Promise.all(to.map(async (who) => ({ chart: who.chart, visit: (await stands(who)).visit }))) } })
const run = () => offerTimes(all.shell, all.home.practice)
const mails = async () => (await all.admin.query<{ recipient: string; subject: string; body: string }>('select recipient, subject, body from app.mail order by created_at')).rows
const tellAll = () => tellOffers({ ...all.shell, texts: false }, all.home.practice)
const linkTo = async (who: Waiting) => { await tellAll(); return /\/answer\/(\S+)/.exec((await mails()).findLast(({ recipient, body }) => recipient.startsWith(who.person.person) && body.includes('/answer/'))!.body)![1]! }
const open = (token: string) => all.app.inject({ url: `/answer/${token}` })
const say = async (token: string, suits: string) => {
  const { statusCode, headers } = await all.app.inject({ method: 'POST', url: `/answer/${token}`, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ suits }).toString() })
  return headers.location ?? statusCode
}
const heldNow = async () => (await all.admin.query('select from app.visit where state = $1 and held_until > $2::timestamptz', ['held', now])).rowCount
const inCalendar = async (startsAt: string) => (await all.admin.query<{ chart: string }>(`select x.chart_id as chart from app.visit v join app.visit_patient x using (practice_id, visit_id) where v.state = 'booked' and x.active and lower(v.during) = $1::timestamptz`, [startsAt])).rows.map(({ chart }) => chart)
const deskHears = async (says: RegExp) => ((await done(desk('home'))).notices as { says: string }[]).filter((one) => says.test(one.says)).length

beforeAll(async () => {
  all = await world()
  const { home, shell } = all
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  await all.app.close()
  all = { ...all, shell: { ...shell, clock: { now: () => (now = plusMinutes(now, 1 / 600)) }, site } as World['shell'] }
  all = { ...all, app: await createApp(all.shell) }
  const more: Waiting[] = []
  for (const name of ['Ida', 'Tom', 'Uma']) {
    const person = await addPerson(shell.database, home.practice, home.owner, name, ['patient'])
    more.push({ person, name, chart: await addChart(shell.database, home.owner, `${name} Sample`, [{ person: home.thea, role: 'therapist' }], person) })
  }
  mara = { person: home.mara, chart: home.chart, name: 'Mara' };
  [ida, tom, uma] = more
  await makeBookable(all, { rooms: [room], charts: [mara.chart, ...more.map(({ chart }) => chart)] })
}, 60_000)
afterAll(async () => { await all.app.close(); await all.close() })

/** Ida, Tom and Uma stand on 14, 15 and 16 December; Mara's on the 8th at ten is cancelled. */
let freed: FreedRow
beforeEach(async () => {
  now = NOON
  await all.admin.query(`update app.reminder set mail_id = null; delete from app.mail; update app.notice set done_at = '${NOON}'; update app.person set reminded_by = null`)
  await all.admin.query(`update app.offer_round set ended_at = '2026-11-01T00:00:00.000Z', outcome = 'stopped' where ended_at is null`)
  for (const who of [mara!, ida!, tom!, uma!]) for (const { visit } of standingVisits(await read(who))) await cancel(who, visit)
  await book(ida!, intake('14', '10:00')); await book(tom!, intake('15', '10:00')); await book(uma!, intake('16', '10:00'))
  const left = intake('08', '10:00')
  await book(mara!, left)
  await cancel(mara!, left.visit)
  freed = { ...(await freedNow()).freed.find(({ startsAt }) => startsAt === PLACE)!, visit: left.visit }
})
const PLACE = '2026-12-08T18:00:00.000Z'

describe('who would come sooner', { timeout: 60_000 }, () => {
  test('said by the patient or by the desk, changed, taken back; and refused where nothing sooner is left', async () => {
    expect((await wish(ida!)).status).toBe(200)
    expect((await wish(ida!, { noticeHours: 4 }, all.home.cora)).status).toBe(200)
    const { visit } = await stands(ida!)
    expect((await done(desk('sooner', { params: { chart: ida!.chart } }))).wishes).toMatchObject([{ visit, wish: { noticeHours: 4 } }])
    await done(by(ida!.person, 'withdrawSooner', { params: { chart: ida!.chart, visit }, body: { id: randomUUID(), device } }))
    expect((await done(by(ida!.person, 'sooner', { params: { chart: ida!.chart } }))).wishes).toEqual([])
    expect([(await wish(ida!, { from: '2026-12-15' })).code, (await wish(ida!, { to: '2026-11-22', from: '2026-11-20' })).code, (await wish(ida!, { from: '2026-12-10', to: '2026-12-09' })).code]).toEqual(['sooner.nothing', 'sooner.nothing', 'request.malformed'])
    expect([(await wish(ida!, {}, tom!.person)).status, (await wish(ida!, {}, all.home.thea)).status, (await wish(ida!, {}, ida!.person, randomUUID())).status]).toEqual([404, 403, 404])
  })
})

describe('a time that came free', { timeout: 60_000 }, () => {
  test('is shown with what is free of it, and with who fits and who does not, each with why', async () => {
    expect(freed).toMatchObject({ startsAt: PLACE, people: [{ person: all.home.thea.person }], room: { id: room.id }, left: { name: 'Mara Sample', how: 'cancelled' } })
    await wish(ida!); await wish(tom!, { before: '09:00' }); await wish(uma!, { weekdays: [1] })
    const inquiry = await inquiryOf(all, all.home.owner)
    await all.admin.query(`update app.inquiry set phone = '555 0199' where inquiry_id = $1`, [inquiry])
    await all.admin.query('update app.staff_profile set online = true, in_person = true, accepting = true where person_id = $1', [all.home.thea.person])
    const { fits, not } = await fitsFor(freed)
    expect(fits.map(({ name, others, visit }) => [name, others, visit?.type ?? null])).toEqual(expect.arrayContaining([['Ida Sample', 0, 'intake']]))
    expect(fits.find(({ chart }) => chart === ida!.chart)).toMatchObject({ to: { startsAt: PLACE }, con: [] })
    expect(fits.find((one) => one.inquiry === inquiry)).toMatchObject({ phone: '555 0199', chart: null, visit: null })
    expect(not.find(({ name }) => name === 'Uma Sample')!.why).toEqual(['Not on a weekday that they named.'])
    expect(not.find(({ name }) => name === 'Tom Sample')!.why).toEqual(['Not at an hour that they named.'])
    expect((await freedNow()).waiting.sooner).toBe(3)
    for (const who of [all.home.thea, all.home.mara, all.home.pia]) expect((await by(who, 'freedTimes')).status).toBe(403)
    await all.admin.query(`update app.inquiry set state = 'closed' where inquiry_id = $1`, [inquiry])
  })
  test('moved away by the patient it comes free as well, and once somebody has it, it is free no more', async () => {
    const { visit, startsAt } = await stands(uma!)
    const { slots } = await done(by(uma!.person, 'ownSlots', { params: { chart: uma!.chart, visit } }))
    await done(by(uma!.person, 'ownMove', { params: { chart: uma!.chart, visit }, body: { id: randomUUID(), device, startsAt: (slots as BookedVisit[]).at(-1)!.startsAt } }))
    const one = (await freedNow()).freed.find((each) => each.visit === visit)!
    expect([one.startsAt, one.left.how]).toEqual([startsAt, 'moved'])
    await book(mara!, intake('16', '10:00'))
    expect((await freedNow()).freed.some((each) => each.visit === visit)).toBe(false)
    expect((await desk('whoFits', { params: { visit }, query: { startsAt } })).code).toBe('freed.moved-on')
  })
})

describe('offered in turn', { timeout: 60_000 }, () => {
  test('the first is asked and has it held; a no asks the next; a yes by the link moves that visit, and only that', async () => {
    await wish(ida!); await wish(tom!)
    const id = randomUUID()
    await done(offer(freed, [ida!, tom!], 'in-turn', id))
    expect([(await offer(freed, [ida!], 'in-turn', id)).status, (await offer(freed, [tom!])).code]).toEqual([200, 'freed.moved-on'])
    expect([await run(), await run(), await heldNow(), (await offersTo(tom!)).length]).toEqual([1, 0, 1, 0])
    expect((await book(uma!, intake('08', '10:30')).catch((failure: Error) => failure.message))).toContain('plan.clash')
    expect((await freedNow()).rounds.find(({ round }) => round === id)).toMatchObject({ outcome: null, turns: [{ name: 'Ida Sample', state: 'waiting' }, { name: 'Tom Sample', state: 'next' }] })
    const token = await linkTo(ida!)
    expect([await tellAll(), (await mails()).length]).toEqual([0, 1])
    const [mail] = await mails()
    expect(mail!.body).toMatch(/Hello Ida,[^]*a time has come free[^]*Tuesday, December 8 at 10:00 AM, instead of Monday, December 14 at 10:00 AM[^]*We keep it for you until/)
    const page = (await open(token)).body.replace(/<style[^]*?<\/style>/, '')
    for (const text of [page, `${mail!.subject} ${mail!.body}`]) expect(text).not.toMatch(/Sample|session|ketamin|therap|medic|dose|intake|Cedar|<script/i)
    expect([await say(token, 'no'), await say(token, 'yes'), await heldNow()]).toEqual(['/answer/stays', 404, 0])
    expect([await run(), await heldNow()]).toEqual([1, 1])
    expect(await say(await linkTo(tom!), 'yes')).toBe('/answer/thanks')
    await run()
    expect([(await stands(tom!)).startsAt, (await stands(ida!)).localStart, await inCalendar(PLACE), await heldNow()]).toEqual([PLACE, '2026-12-14T10:00', [tom!.chart], 0])
    expect((await freedNow()).rounds.find(({ round }) => round === id)).toMatchObject({ outcome: 'taken', turns: [{ state: 'declined' }, { state: 'agreed' }] })
    expect((await done(desk('sooner', { params: { chart: tom!.chart } }))).wishes).toEqual([])
    // What he left is free in its turn, and whoever said no to a time is not asked about it again.
    expect((await freedNow()).freed.some(({ startsAt }) => startsAt === '2026-12-15T18:00:00.000Z')).toBe(true)
  })
  test('no answer until the end: the next is asked; where nobody is left, the desk hears it by name', async () => {
    await wish(ida!); await wish(tom!)
    await done(offer(freed, [ida!, tom!], 'in-turn', undefined, 2))
    await run()
    const token = await linkTo(ida!)
    now = plusMinutes(NOON, 125)
    expect([(await open(token)).statusCode, await say(token, 'yes'), await run()]).toEqual([404, 404, 1])
    expect((await offersTo(tom!)).at(-1)?.body.held).toBe(true)
    now = plusMinutes(NOON, 250)
    expect([await run(), await heldNow()]).toEqual([0, 0])
    expect(await deskHears(/Nobody took the time that came free.*Ida Sample did not answer; Tom Sample did not answer\./)).toBe(1)
    expect((await freedNow()).freed.some(({ startsAt }) => startsAt === PLACE)).toBe(true)
    expect((await fitsFor(freed)).fits.find(({ chart }) => chart === ida!.chart)!.con).toContain('They were asked about this time before, and did not answer.')
  })
  test('whoever takes the wish back, or moves meanwhile, is passed over; in the quiet hours nobody is asked', async () => {
    await wish(ida!); await wish(tom!)
    const round = randomUUID()
    await done(offer(freed, [ida!, tom!], 'in-turn', round))
    await done(by(ida!.person, 'withdrawSooner', { params: { chart: ida!.chart, visit: (await stands(ida!)).visit }, body: { id: randomUUID(), device } }))
    now = '2026-11-24T09:00:00.000Z'
    expect(await run()).toBe(0)
    now = '2026-11-24T18:00:00.000Z'
    expect([await run(), (await offersTo(ida!)).some(({ body }) => body.round === round)]).toEqual([1, false])
    const token = await linkTo(tom!)
    const { visit } = await stands(tom!)
    const { slots } = await done(by(tom!.person, 'ownSlots', { params: { chart: tom!.chart, visit } }))
    const own = (slots as BookedVisit[]).find(({ startsAt }) => startsAt !== PLACE)!
    await done(by(tom!.person, 'ownMove', { params: { chart: tom!.chart, visit }, body: { id: randomUUID(), device, startsAt: own.startsAt } }))
    expect([(await open(token)).statusCode, await say(token, 'yes'), await heldNow()]).toEqual([404, 404, 0])
    await run()
    expect([(await stands(tom!)).startsAt, await deskHears(/Nobody took.*Ida Sample was not asked: They do not wait any more.*Tom Sample has moved on/)]).toEqual([own.startsAt, 1])
  })
  test('whoever cancels the visit that would move gives back what was held for it, and the next is asked', async () => {
    await wish(ida!); await wish(tom!)
    await done(offer(freed, [ida!, tom!], 'in-turn'))
    expect([await run(), await heldNow()]).toEqual([expect.any(Number), 1])
    await done(by(ida!.person, 'ownCancel', { params: { chart: ida!.chart, visit: (await stands(ida!)).visit }, body: { id: randomUUID(), device, reason: 'patient-ill', words: '' } }))
    expect(await heldNow()).toBe(0)
    await run()
    expect([(await offersTo(tom!)).at(-1)?.body.held, await heldNow()]).toEqual([true, 1])
  })
  test('put away by the desk with a reason: not offered, still free, and brought back as it was; not while somebody is asked', async () => {
    await wish(ida!)
    const put = (startsAt: string) => desk('putAwayFreed', { params: { visit: freed.visit }, body: { startsAt, why: 'Inventory.' } })
    await done(put(freed.startsAt)); await done(put(freed.startsAt))
    expect((await freedNow()).freed.some(({ startsAt }) => startsAt === PLACE)).toBe(false)
    expect((await freedNow()).putAway).toMatchObject([{ startsAt: PLACE, why: 'Inventory.', by: 'Cora Sample' }])
    await done(desk('bringBackFreed', { params: { visit: freed.visit }, body: { startsAt: freed.startsAt } }))
    expect([(await freedNow()).freed.some(({ startsAt }) => startsAt === PLACE), (await freedNow()).putAway]).toEqual([true, []])
    await done(offer(freed, [ida!], 'in-turn'))
    expect([(await put(freed.startsAt)).code, (await put('2026-12-09T05:00:00.000Z')).code]).toEqual(['freed.moved-on', 'freed.moved-on'])
  })
  test('taken back by the desk, or begun: nobody has it held, and whoever was asked hears that it is gone', async () => {
    await wish(ida!)
    const id = randomUUID()
    await done(offer(freed, [ida!], 'in-turn', id))
    await run()
    const token = await linkTo(ida!)
    await done(desk('stopOffer', { params: { round: id }, body: {} }))
    await run()
    expect([(await open(token)).statusCode, await say(token, 'yes'), await heldNow(), await tellAll(), await tellAll()]).toEqual([404, 404, 0, 1, 0])
    expect((await mails()).at(-1)!.body).toMatch(/the sooner time that we offered you .* is not free any more\. You need do nothing/)
    await done(offer(freed, [ida!], 'in-turn'))
    now = PLACE
    expect([await run(), (await freedNow()).rounds]).toEqual([0, []])
  })
  test('whoever cannot be reached is named to the desk, which says yes for them; on their own page they say it themselves', async () => {
    await all.admin.query(`update app.person set reminded_by = 'none' where person_id = $1`, [ida!.person.person])
    await wish(ida!); await wish(tom!)
    await done(offer(freed, [ida!]))
    await run()
    expect([await tellAll(), await deskHears(/Ida Sample is offered a sooner time .* wants no messages\. Call them\./)]).toEqual([0, 1])
    const [asked] = await offersTo(ida!).then((offers) => offers.slice(-1))
    const body = { id: randomUUID(), device, answer: 'yes' }
    expect((await by(tom!.person, 'answerOffer', { params: { chart: ida!.chart, offer: asked!.id }, body })).status).toBe(404)
    for (let times = 0; times < 2; times += 1) expect((await done(desk('answerOffer', { params: { chart: ida!.chart, offer: asked!.id }, body }))).state).toBe('kept')
    expect([(await stands(ida!)).startsAt, (await answersOf(ida!)).at(-1)!.body.via, (await desk('answerOffer', { params: { chart: ida!.chart, offer: asked!.id }, body: { ...body, id: randomUUID() } })).code]).toEqual([PLACE, 'desk', 'offer.ended'])
    const next = (await freedNow()).freed.find(({ startsAt }) => startsAt === '2026-12-14T18:00:00.000Z')!
    await done(offer(next, [tom!]))
    await run()
    const mine = (await offersTo(tom!)).at(-1)!
    expect((await done(by(tom!.person, 'answerOffer', { params: { chart: tom!.chart, offer: mine.id }, body: { ...body, id: randomUUID() } }))).state).toBe('kept')
    expect((await answersOf(tom!)).at(-1)!.body.via).toBe('own-page')
  })
  test('one who is asked already, or does not fit, is not chosen; and while they are asked nothing else is', async () => {
    await wish(ida!); await wish(tom!, { weekdays: [1] })
    expect(await offer(freed, [tom!])).toMatchObject({ code: 'freed.no-fit', list: [{ says: 'Tom Sample: Not on a weekday that they named.' }] })
    expect(await offer(freed, [uma!])).toMatchObject({ code: 'freed.no-fit', list: [{ says: 'Somebody here does not wait any more.' }] })
    await done(offer(freed, [ida!]))
    await run()
    expect((await desk('held', { params: { chart: ida!.chart } })).hold).toBeNull()
    expect((await desk('askMoves', { params: { chart: ida!.chart }, body: { id: randomUUID(), device, moves: [{ to: { ...(await stands(ida!)), startsAt: PLACE }, why: '' }] } })).code).toBe('change.waiting')
    await cancel(ida!, (await stands(ida!)).visit)
    expect(await heldNow()).toBe(0)
  })
})

describe('offered to several at once', { timeout: 60_000 }, () => {
  test('nobody’s is held, the first yes has it, a later one is told kindly, and who had not answered hears that it is gone', async () => {
    await wish(ida!); await wish(tom!); await wish(uma!)
    await done(offer(freed, [ida!, tom!, uma!], 'at-once'))
    expect([await run(), await heldNow()]).toEqual([3, 0])
    const [first, second] = [await linkTo(ida!), await linkTo(tom!)]
    expect((await mails())[0]!.body).toContain('Others who wait are asked as well, and the first yes has it.')
    expect((await open(first)).body).toContain('the first yes has it')
    expect([await say(first, 'yes'), await say(second, 'yes')]).toEqual(['/answer/thanks', '/answer/gone'])
    expect((await open('gone')).body).toContain('Somebody else who waits was a little quicker.')
    await run()
    expect([await inCalendar(PLACE), (await stands(tom!)).localStart, (await answersOf(tom!)).at(-1)!.body.lost]).toEqual([[ida!.chart], '2026-12-15T10:00', true])
    expect([await tellAll(), (await mails()).filter(({ body }) => body.includes('has been taken by somebody else who waits')).map(({ recipient }) => recipient.split('@')[0])]).toEqual([1, [uma!.person.person]])
    // A lost race is nothing that somebody has to settle; Tom still waits.
    expect([(await done(desk('home'))).changes, (await done(desk('sooner', { params: { chart: tom!.chart } }))).wishes.length]).toEqual([[], 1])
  })

  test('two yeses for one place, fifty times: exactly one has it, every time', async () => {
    const [a, b] = [await stands(ida!), await stands(tom!)]
    const places = Array.from({ length: 50 }, (_, i) => intake(String(1 + (i % 4)).padStart(2, '0'), ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00', '08:30', '11:30', '15:30'][Math.floor(i / 4)]!))
    let winners = { ida: 0, tom: 0 }
    let standing: [BookedVisit, BookedVisit] = [a, b]
    for (const place of places) {
      const offers: string[] = []
      for (const [i, who] of [ida!, tom!].entries()) {
        const body = { round: randomUUID(), by: { person: all.home.cora.person, name: 'Cora' }, freed: { startsAt: place.startsAt, endsAt: place.endsAt }, changes: [{ from: standing[i]!, to: { ...place, visit: standing[i]!.visit }, why: '' }], until: place.startsAt, held: false }
        offers.push((await asJob(all.shell, all.home.practice, (client) => appendFound(client, all.home.practice, { chart: who.chart, kind: 'time-offered.v1', at: now, body, judgedTo: 9_999 }, now), true))!.id)
      }
      const answers = await Promise.all([ida!, tom!].map((who, i) => by(who.person, 'answerOffer', { params: { chart: who.chart, offer: offers[i]! }, body: { id: randomUUID(), device, answer: 'yes' } })))
      expect(answers.map(({ state }) => state as string).toSorted(), JSON.stringify(answers)).toEqual(['kept', 'lost'])
      const won = answers[0]!.state === 'kept' ? 0 : 1
      expect(await inCalendar(place.startsAt)).toEqual([[ida!, tom!][won]!.chart])
      winners = won === 0 ? { ...winners, ida: winners.ida + 1 } : { ...winners, tom: winners.tom + 1 }
      standing = [await stands(ida!), await stands(tom!)]
    }
    expect(winners.ida + winners.tom).toBe(50)
  })
})
