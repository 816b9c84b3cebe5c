import { createHash, randomUUID } from 'node:crypto'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import { inviteByMail } from '../jobs/invite.ts'
import { readCalendars } from '../jobs/read-calendars.ts'
import type { Fetched } from '../outside/fetch-calendar.ts'
import { makeBookable } from '../testing/bookable.ts'
import { addPerson, type TestPerson } from '../testing/practice.ts'
import { world, type Asked, type World, answered, type Answered } from '../testing/world.ts'
import { asJob } from './job.ts'

/** Calendars of one's own, against the real database: the whole way from a booking to what another calendar reads of it. */
let all: World
type Visit = Record<string, any> // oxlint-disable-line typescript/no-explicit-any
const by = (who: Pick<TestPerson, 'token'>, name: RouteName, asked: Asked = {}) => answered(all, name, who, asked)
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, asked)
const onChart = (name: RouteName, body: object, params: object = {}) => desk(name, { params: { chart: all.home.chart, ...params }, body })
const done = async (answer: Promise<Answered>) => { const got = await answer; expect(got.status, JSON.stringify(got)).toBeLessThan(300); return got }

beforeAll(async () => {
  all = await world()
  await makeBookable(all)
}, 60_000)
afterAll(() => all.close())

const fetched = (address: string, headers: Record<string, string> = {}) => all.app.inject({ url: new URL(address).pathname, headers })
const eventsAt = async (address: string) => new ICAL.Component(ICAL.parse((await fetched(address)).body)).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
const feedOf = async (who: TestPerson, label = 'Phone') => (await done(by(who, 'makeFeed', { body: { label } })))['address'] as string
const plan = async () => (await onChart('plan', { earliest: '2026-11-24' }))['proposals'][0].visits as Visit[]
const told = async (action: string, person: string) => (await all.admin.query('select outcome from app.audit where action = $1 and person_id = $2 and outcome = $3', [action, person, 'done'])).rowCount

describe('an address for another calendar', () => {
  test('is shown once, kept as a digest, and read without any sign-in', async () => {
    const { thea } = all.home
    const address = await feedOf(thea)
    const token = /^http:\/\/127\.0\.0\.1\/feeds\/([\w-]{43})\.ics$/.exec(address)![1]!
    const { rows } = await all.admin.query<{ row: string; digest: string }>(`select to_jsonb(f)::text as row, encode(token_sha256, 'hex') as digest from app.calendar_feed f`)
    expect(rows.map(({ digest }) => digest)).toEqual([createHash('sha256').update(token).digest('hex')])
    expect(rows[0]!.row).not.toContain(token)
    const { feeds } = await by(thea, 'myCalendars')
    expect(feeds).toMatchObject([{ label: 'Phone', lastReadAt: null }])
    expect(JSON.stringify(feeds)).not.toContain(token)
    const { statusCode, headers, body } = await fetched(address)
    expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([200, 'text/calendar; charset=utf-8', 'private, no-cache'])
    expect(body).toMatch(/^BEGIN:VCALENDAR\r\n/)
    expect((await by(thea, 'myCalendars'))['feeds'][0].lastReadAt).toMatch(/^2026-11-21T17:0/)
  })
  test('a second reading on one day is in the audit once, and one that is as it was travels as nothing', async () => {
    const { pia } = all.home
    const address = await feedOf(pia)
    const { headers } = await fetched(address)
    for (const tag of [headers.etag as string, `W/${headers.etag as string}`, `"x", ${headers.etag as string}`]) expect(await fetched(address, { 'if-none-match': tag })).toMatchObject({ statusCode: 304, body: '' })
    expect((await fetched(address, { 'if-none-match': '"x"' })).statusCode).toBe(200)
    expect([await told('calendar-feed.made', pia.person), await told('calendar-feed.read', pia.person)]).toEqual([1, 1])
  })
  test('revoked, wrong, made up, or of somebody who has left: one and the same answer', async () => {
    const { tomas, owner, practice } = all.home
    const [address, other] = [await feedOf(tomas), await feedOf(tomas, 'Desk')]
    const gone = await addPerson(all.shell.database, practice, owner, 'Gone', ['monitor'])
    const left = await feedOf(gone)
    await all.admin.query('update app.person set active = false where person_id = $1', [gone.person])
    const [first] = (await by(tomas, 'myCalendars'))['feeds']
    expect((await by(all.home.thea, 'revokeFeed', { params: { feed: first.id }, body: {} })).status, 'of somebody else').toBe(404)
    expect((await fetched(address)).statusCode).toBe(200)
    await done(by(tomas, 'revokeFeed', { params: { feed: first.id }, body: {} }))
    const answers = await Promise.all([address, left, `http://127.0.0.1/feeds/${'A'.repeat(43)}.ics`, 'http://127.0.0.1/feeds/x.ics'].map((one) => fetched(one)))
    expect(new Set(answers.map(({ statusCode, body, headers: { 'content-type': type, 'cache-control': kept } }) => JSON.stringify([statusCode, body, type, kept]))).size).toBe(1)
    expect(answers[0]!.statusCode).toBe(404)
    expect((await fetched(other)).statusCode, 'the other one goes on').toBe(200)
    expect((await by(tomas, 'myCalendars'))['feeds']).toHaveLength(1)
    expect(await told('calendar-feed.revoked', tomas.person)).toBe(1)
  })
  test('ten of them, and no more', async () => {
    const { milo } = { milo: await addPerson(all.shell.database, all.home.practice, all.home.owner, 'Many', ['monitor']) }
    for (let made = 0; made < 10; made++) await feedOf(milo, `Number ${made}`)
    expect(await by(milo, 'makeFeed', { body: { label: 'One more' } })).toMatchObject({ status: 409, code: 'calendars.too-many' })
  })
  test('the database makes and reads none without the server’s key', async () => {
    for (const sql of [`select app.make_feed('guess', gen_random_uuid(), 'x', 'x', 'x', 1)`, `select app.read_feed('guess', 'x', '2026-11-21T17:00:00.000Z', now())`]) await expect(all.shell.database.pool.query(sql)).rejects.toThrow('server\'s key')
    await expect(all.shell.database.inContext(all.home.thea.token, { durable: false }, ({ client }) => client.query('select token_sha256 from app.calendar_feed'))).rejects.toThrow()
  })
})

const file = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (from: string, to: string) => ['BEGIN:VEVENT', `UID:${from}`, 'SUMMARY:Dentist', 'LOCATION:Elm Street', `DTSTART:${from}`, `DTEND:${to}`, 'END:VEVENT']
const stamp = (at: string) => `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
const busyRows = async (person: string) => (await all.admin.query<{ during: string }>('select during::text from app.busy_time where person_id = $1 order by during', [person])).rows.length

describe('a course in other calendars', { timeout: 60_000 }, () => {
  let booked: Visit[]
  let address: string
  const standing = async () => (await all.admin.query<{ visit: string }>(`select visit_id as visit from app.visit where state = 'booked'`)).rows.map(({ visit }) => visit)

  test('booked while invitations are wanted: feed and mail say the same, and no word of what for', async () => {
    const { thea, pia, mara, practice } = all.home
    for (const who of [thea, mara]) await done(by(who, 'setInvitations', { body: { on: true } }))
    address = await feedOf(thea, 'Course')
    booked = await plan()
    await done(onChart('book', { id: randomUUID(), device: randomUUID(), visits: booked, why: 'as asked' }))
    const mine = booked.filter((visit) => (visit['people'] as Visit[]).some(({ person }) => person === thea.person))
    const events = await eventsAt(address)
    expect(events.map(({ startDate }) => startDate.toJSDate().toISOString())).toEqual(mine.map(({ startsAt }) => startsAt))
    expect(new Set(events.map(({ summary, location }) => `${summary} ${location}`))).toEqual(new Set(['Visit null']))
    expect((await eventsAt(await feedOf(mara, 'Hers'))).map(({ startDate }) => startDate.toJSDate().toISOString())).toEqual(booked.map(({ startsAt }) => startsAt))
    const onCall = await eventsAt(await feedOf(pia, 'On call'))
    expect(new Set(onCall.map(({ summary }) => summary))).toEqual(new Set(['Visit', 'On call']))

    const invite = () => asJob(all.shell, practice, (client) => inviteByMail(client, practice, 'Practice <desk@example.org>', all.shell.clock.now()), true)
    const both = await Promise.all([invite(), invite()])
    expect(both[0].written + both[1].written, 'two servers at once').toBe(mine.length + booked.length)
    expect((await invite()).written, 'none twice').toBe(0)
    const { rows } = await all.admin.query<{ recipient: string; subject: string; body: string; calendar: string; calendar_method: string }>('select * from app.mail where calendar is not null')
    const uids = rows.filter(({ recipient }) => recipient === `${thea.person}@example.org`).map(({ calendar }) => new ICAL.Event(new ICAL.Component(ICAL.parse(calendar)).getFirstSubcomponent('vevent')!).uid)
    expect(uids.toSorted()).toEqual(events.map(({ uid }) => uid).toSorted())
    expect(new Set(rows.map(({ recipient }) => recipient))).toEqual(new Set([`${thea.person}@example.org`, `${mara.person}@example.org`]))
    expect(new Set(rows.map(({ calendar_method }) => calendar_method))).toEqual(new Set(['REQUEST']))
    for (const said of [(await fetched(address)).body, ...rows.flatMap(({ subject, body, calendar }) => [subject, body, calendar])]) {
      expect(said).not.toMatch(/mara|thea|sample|cedar|kap\b|openkap|ketamin|medicine|dos(e|ing)|therap|session|patient|prescri|intake|prepar|integrat/i)
      for (const id of [all.home.chart, all.home.practice, ...booked.map(({ visit }) => visit as string)]) expect(said).not.toContain(id)
    }
  })

  test('the room is named once the practice allows it', async () => {
    const { practice } = await by(all.home.owner, 'practice').then((row) => ({ practice: row }))
    const keep = (settings: object) => done(by(all.home.owner, 'keepPractice', { body: { name: practice['name'], zone: practice['zone'], settings } }))
    await keep({ calendarPlaces: 'on' })
    expect((await eventsAt(address)).some(({ location }) => location === 'Cedar')).toBe(true)
    expect((await eventsAt(await feedOf(all.home.mara, 'Where'))).some(({ location }) => location), 'where is told to who works here alone').toBe(false)
    await keep({})
  })

  test('moved: the same event with a higher number; called off: it leaves, and a mail takes it back', async () => {
    const { thea, practice, mona } = all.home
    const invite = (reach?: 'lately') => asJob(all.shell, practice, (client) => inviteByMail(client, practice, 'desk@example.org', all.shell.clock.now(), reach), true)
    const before = await eventsAt(address)
    const first = booked[0]!
    const wishes = { earliest: '2026-11-24', days: {}, hard: false, blackout: [], online: [] }
    const later = first['localStart'].replace(/T.*/, 'T13:00') as string
    const { moves } = await done(onChart('proposeMove', { to: { localStart: later, zone: first['zone'] }, wishes }, { visit: first['visit'] }))
    await done(onChart('move', { device: randomUUID(), moves: (moves as Visit[]).map(({ to, why }) => ({ id: randomUUID(), to, why })) }))
    const after = await eventsAt(address)
    const startsOf = (events: readonly ICAL.Event[], uid: string) => events.find((one) => one.uid === uid)
    const moved = after.filter(({ uid, startDate }) => startsOf(before, uid)!.startDate.compare(startDate) !== 0)
    expect(after.map(({ uid }) => uid).toSorted()).toEqual(before.map(({ uid }) => uid).toSorted())
    const ofThea = (moves as Visit[]).filter(({ to }) => to.people.some(({ person }: Visit) => person === thea.person))
    expect(moved).toHaveLength(ofThea.length)
    for (const one of moved) expect(one.sequence).toBeGreaterThan(startsOf(before, one.uid)!.sequence)
    await all.admin.query('delete from app.mail')
    expect((await invite('lately')).written).toBe(moved.length + (moves as Visit[]).length)

    // Somebody who wants no more invitations still hears of what becomes of those they have; others never hear.
    await done(by(thea, 'setInvitations', { body: { on: false } }))
    await done(onChart('cancelVisit', { id: randomUUID(), device: randomUUID(), why: 'on holiday' }, { visit: first['visit'] }))
    expect((await eventsAt(address)).map(({ uid }) => uid)).not.toContain(moved[0]!.uid)
    await all.admin.query('delete from app.mail')
    // Longer ago than is looked at each time, it is found when all of it is looked through.
    await all.admin.query(`alter table app.visit_person disable trigger changes_are_numbered; update app.visit_person set changed_at = now() - interval '2 hours'; alter table app.visit_person enable trigger changes_are_numbered`)
    expect([(await invite('lately')).written, (await invite()).written]).toEqual([1, 1])
    const { rows } = await all.admin.query<{ recipient: string; calendar: string; calendar_method: string }>('select recipient, calendar, calendar_method from app.mail')
    const taken = rows.find(({ recipient }) => recipient.startsWith(thea.person))!
    const off = new ICAL.Component(ICAL.parse(taken.calendar)).getFirstSubcomponent('vevent')!
    expect([taken.calendar_method, off.getFirstPropertyValue('status'), off.getFirstPropertyValue('uid')]).toEqual(['CANCEL', 'CANCELLED', moved[0]!.uid])
    expect(Number(off.getFirstPropertyValue('sequence'))).toBeGreaterThan(moved[0]!.sequence)
    expect(rows.some(({ recipient }) => recipient.startsWith(mona.person))).toBe(false)
  })

  test('held, it is marked as not booked yet, and lapsed it is gone', async () => {
    const { practice } = all.home
    await done(onChart('cancelVisits', { id: randomUUID(), device: randomUUID(), visits: await standing(), why: 'begins anew', message: 'We begin anew.' }))
    expect(await eventsAt(address)).toEqual([])
    await asJob(all.shell, practice, (client) => inviteByMail(client, practice, 'desk@example.org', all.shell.clock.now()), true)
    await done(onChart('hold', { visits: (await plan()).slice(0, 1), hours: 24 }))
    expect(await asJob(all.shell, practice, (client) => inviteByMail(client, practice, 'desk@example.org', all.shell.clock.now()), true), 'nobody is invited to what is only held').toEqual({ written: 0, more: false })
    const held = async () => (await eventsAt(address)).map(({ summary, component }) => [summary, component.getFirstPropertyValue('status')])
    expect(await held()).toEqual([['Visit, not booked yet', 'TENTATIVE']])
    expect(await eventsAt(await feedOf(all.home.mara)), 'what is only held is not hers to know').toEqual([])
    await all.admin.query(`update app.visit set held_until = '2026-11-21T16:59:59Z' where state = 'held'`)
    expect(await held()).toEqual([])
  })

  test('busy elsewhere: planning leaves the hours alone, and booking and asking why name it', async () => {
    const { thea } = all.home
    const free = (await plan())[0]!
    const bring = (label: string, ...lines: string[]) => done(by(thea, 'importCalendar', { body: { label, text: file(...lines) } }))
    expect(await bring('Home', ...event(stamp(free['startsAt']), stamp(free['endsAt'])))).toMatchObject({ times: 1 })
    const after = await plan()
    expect(after.filter((visit) => (visit['people'] as Visit[]).some(({ person }) => person === thea.person) && (visit['startsAt'] as string) < free['endsAt'] && free['startsAt'] < visit['endsAt'])).toEqual([])
    expect(await onChart('book', { id: randomUUID(), device: randomUUID(), visits: [free], why: '' })).toMatchObject({ status: 409, code: 'plan.clash', list: [{ code: 'busy-elsewhere', says: expect.stringContaining('Thea Sample is busy elsewhere') }] })
    await bring('A day off', 'BEGIN:VEVENT', 'UID:d', 'DTSTART;VALUE=DATE:20261202', 'END:VEVENT')
    const { reasons } = await onChart('explainDay', { day: '2026-12-02', type: free['type'], wishes: { earliest: '2026-11-24' } })
    expect((reasons as Visit[]).map(({ says }) => says)).toEqual([expect.stringMatching(/^Thea Sample is busy elsewhere on Wed, Dec 2 and has no \d+ minutes free\.$/)])
  })

  test('a visit that stands where somebody is busy later is shown, stays, and keeps no other visit from moving', async () => {
    const { thea } = all.home
    const course = await plan()
    await done(onChart('book', { id: randomUUID(), device: randomUUID(), visits: course, why: 'as asked' }))
    const [moving, over] = course.filter(({ type }) => type === 'preparation') as [Visit, Visit]
    await done(by(thea, 'importCalendar', { body: { label: 'Later', text: file(...event(stamp(over['startsAt']), stamp(over['endsAt']))) } }))
    const day = over['localStart'].slice(0, 10) as string
    const { elsewhere, visits } = await desk('calendar', { query: { from: day, to: day } })
    expect(elsewhere).toContainEqual({ person: thea.person, startsAt: over['startsAt'], endsAt: over['endsAt'] })
    expect(visits as Visit[]).toContainEqual(expect.objectContaining({ visit: over['visit'], startsAt: over['startsAt'] }))
    expect(JSON.stringify(await desk('calendar', { query: { from: '2026-11-21', to: '2027-02-01' } }))).not.toMatch(/Dentist|Elm/)
    const [noon, end] = [`${moving['startsAt'].slice(0, 10)}T22:00:00.000Z`, `${moving['startsAt'].slice(0, 10)}T23:00:00.000Z`]
    const to = { ...moving, startsAt: noon, endsAt: end, localStart: `${moving['localStart'].slice(0, 10)}T14:00` }
    await done(onChart('move', { device: randomUUID(), moves: [{ id: randomUUID(), to, why: 'asked' }] }))
    const onto = { ...moving, startsAt: over['startsAt'], endsAt: over['endsAt'], localStart: over['localStart'] }
    expect(await onChart('move', { device: randomUUID(), moves: [{ id: randomUUID(), to: onto, why: 'asked' }] })).toMatchObject({ status: 409, list: expect.arrayContaining([expect.objectContaining({ code: 'busy-elsewhere' })]) })
  })
})

describe('another calendar', () => {
  const add = (who: TestPerson, at = 'https://calendar.example.org/private-7f3a/basic.ics') => by(who, 'addOuterCalendar', { body: { label: 'Family', address: at } })
  const readBy = (answer: Fetched, asked: string[] = []) => readCalendars(all.shell, all.home.practice, async (from) => { asked.push(from); return answer })

  test.each([['http://127.0.0.1/x', 'inner'], ['http://169.254.169.254/latest/meta-data', 'inner'], ['ftp://example.org/x', 'https'], ['nonsense', 'not an address']])('%s is refused at once', async (address, says) => {
    expect(await add(all.home.mona, address)).toMatchObject({ status: 422, code: 'calendar.unreadable', list: [{ says: expect.stringContaining(says) }] })
  })

  test('its address is sealed; a reading that fails is told and takes nothing away; taken away, nothing is left', async () => {
    const { mona, thea } = all.home
    const { id } = await done(add(mona))
    const { rows } = await all.admin.query<{ row: string }>('select to_jsonb(c)::text as row from app.outer_calendar c where calendar_id = $1', [id])
    expect(rows[0]!.row).not.toMatch(/calendar\.example\.org|private-7f3a/)
    expect(JSON.stringify(await by(mona, 'myCalendars'))).not.toContain('private-7f3a')
    expect(JSON.stringify(await by(thea, 'myCalendars'))).not.toContain(id)

    const asked: string[] = []
    expect(await readBy({ ok: true, text: file(...event('20261201T170000Z', '20261201T180000Z')) }, asked)).toBe(1)
    expect(asked).toEqual(['https://calendar.example.org/private-7f3a/basic.ics'])
    expect(await readBy({ ok: false, says: 'not due yet' })).toBe(0)
    const mine = async () => (await by(mona, 'myCalendars'))['outer'][0]
    expect(await mine()).toMatchObject({ from: 'address', readAt: expect.stringMatching(/^2026-11-21T17:0/), times: 1, failing: null })

    const later = { ...all.shell, clock: { ...all.shell.clock, now: () => '2026-11-21T17:20:00.000Z' } }
    await readCalendars(later, all.home.practice, async () => ({ ok: false, says: 'The other calendar’s server did not answer.' }))
    expect(await mine()).toMatchObject({ readAt: expect.stringMatching(/^2026-11-21T17:0/), times: 1, failing: { since: '2026-11-21T17:20:00.000Z', says: 'The other calendar’s server did not answer.' } })
    const evenLater = { ...all.shell, clock: { ...all.shell.clock, now: () => '2026-11-21T18:30:00.000Z' } }
    await readCalendars(evenLater, all.home.practice, async () => ({ ok: true, text: file('BEGIN:VEVENT', 'DTSTART:banana', 'END:VEVENT') }))
    expect(await mine()).toMatchObject({ times: 1, failing: { since: '2026-11-21T17:20:00.000Z', says: 'Line 5: This is not a day or a time.' } })

    expect((await by(thea, 'removeOuterCalendar', { params: { calendar: id }, body: {} })).status).toBe(404)
    expect(await busyRows(mona.person)).toBe(1)
    await done(by(mona, 'removeOuterCalendar', { params: { calendar: id }, body: {} }))
    expect([await busyRows(mona.person), (await by(mona, 'myCalendars'))['outer']]).toEqual([0, []])
  })

  test('a file takes the place of an older one; one that cannot be read names its line and loses nothing', async () => {
    const { pia, thea } = all.home
    const bring = (text: string, calendar?: string) => by(pia, 'importCalendar', { body: { label: 'Hospital', text, ...(calendar ? { calendar } : {}) } })
    const { id } = await done(bring(file(...event('20261201T170000Z', '20261201T180000Z'), ...event('20261202T170000Z', '20261202T180000Z'))))
    expect(await bring(file('BEGIN:VEVENT', 'DTSTART:banana', 'END:VEVENT'), id)).toMatchObject({ status: 422, code: 'calendar.unreadable', list: [{ says: 'Line 5: This is not a day or a time.' }] })
    expect(await busyRows(pia.person)).toBe(2)
    expect((await by(thea, 'importCalendar', { body: { label: 'Mine now', text: file(), calendar: id } })).status, 'of somebody else').toBe(404)
    await done(bring(file(...event('20261203T170000Z', '20261203T180000Z')), id))
    expect([await busyRows(pia.person), (await by(pia, 'myCalendars'))['outer'].length]).toEqual([1, 1])
    const { rows } = await all.admin.query<{ row: string }>('select to_jsonb(b)::text || to_jsonb(c)::text as row from app.busy_time b join app.outer_calendar c using (practice_id, calendar_id)')
    expect(rows.map(({ row }) => row).join(' ')).not.toMatch(/Dentist|Elm/)
  })

  test('a patient keeps none, and nobody of another practice sees when people are busy', async () => {
    expect((await add(all.home.mara)).status).toBe(403)
    const seen = await all.shell.database.inContext(all.away.owner.token, { durable: false }, ({ client }) => client.query('select from app.busy_time'))
    expect(seen.rowCount).toBe(0)
  })
})
