import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sessionRows } from '../../knowledge/session.ts'
import { merge } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import { at, atTheDoor, begun, calmCourse, clock, SESSION, told, type Told } from './fixtures.ts'
import { readSession, type SessionNow } from './session.ts'

const read = (story: Told, minute: number): SessionNow => {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return session.value
}

test('a copy that does not hold the session says so', () => {
  expect(readSession(told().reading(1).chart, SESSION, sessionRows, clock(1))).toEqual({ ok: false, refusal: 'no-such-session' })
})

describe('what the room looks like', () => {
  test('time, phase, and the newest first', () => {
    const now = read(begun().whole(-15).whole(-3).dose(0).reading(10).reading(20, { systolicMmHg: 140 }), 22)
    expect([now.minutesSinceFirstDose, now.minutesSinceLastDose, now.phase?.phase, now.doses.totalUg]).toEqual([22, 22, 'peak', 40_000])
    expect(now.vitals.map(({ at: when }) => when)).toEqual([at(20), at(10), at(-3), at(-15)])
    expect(now.baseline).toMatchObject({ systolicMmHg: 122, diastolicMmHg: 78, spo2Percent: 98 })
    expect(now.discharge.earliestAt).toBe(at(120))
  })

  test.each([[2.9, 'before-onset'], [3, 'onset'], [14.9, 'onset'], [15, 'peak'], [25, 'peak'], [25.1, 'easing'], [90, 'easing'], [90.1, 'after']])('into a muscle, %d minutes: %s', (minute, phase) => {
    expect(read(begun().dose(0), minute).phase?.phase).toBe(phase)
  })

  test('another session of the same person stays out of it', () => {
    const now = read(begun().reading(5, { systolicMmHg: 190 }, { session: 'last-week' }).reading(6), 7)
    expect(now.vitals).toHaveLength(1)
    expect(now.alerts.all).toEqual([])
  })

  test('symptoms that are still there, side effects, signals, notes, and consent taken back', () => {
    const story = begun().dose(0)
      .on(5, 'symptom.v1', { symptom: 'nausea', present: true }).on(8, 'symptom.v1', { symptom: 'nausea', present: true }).on(6, 'symptom.v1', { symptom: 'headache', present: true }).on(9, 'symptom.v1', { symptom: 'headache', present: false })
      .on(7, 'signal.v1', { signal: 'quiet', answeredWith: 'Music off.' }).on(10, 'session-note.v1', { text: 'Tears, quiet.' })
      .on(11, 'side-effect.v1', { term: 'nausea', grade: 1, onsetAt: at(5), action: '', attributed: true })
      .on(12, 'consent-withdrawn.v1', { form: 'touch', said: 'No hands today.' }, { session: 'none' })
    const now = read(story, 13)
    expect(now.openSymptoms).toEqual([{ symptom: 'nausea', since: at(5), entry: 'e007' }])
    expect([now.signals.length, now.notes.length, now.consentWithdrawn.length]).toEqual([1, 1, 1])
    expect(now.sideEffects.map(({ row, ongoing, expected, report }) => ({ term: row?.standard.term, ongoing, expected, report }))).toEqual([{ term: 'Nausea', ongoing: true, expected: true, report: [] }])
  })

  test('touch is less what was taken back, also when it is agreed in words again; a closed session keeps what held at its close', () => {
    const agreements = { touch: 'hands-only' as const, touchNote: 'ask', stopSignal: 'palm', lighterSignal: '', quietSignal: '', grounding: [], music: '' }
    const agreed = begun().on(-100, 'agreements.v1', agreements, { session: 'none' })
    const back = agreed.dose(0).on(12, 'consent-withdrawn.v1', { form: 'touch', said: 'No hands today.' }, { session: 'none' })
    const again = back.on(14, 'agreements.v1', agreements, { session: 'none' })
    const closed = agreed.dose(0).on(130, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }).on(140, 'consent-withdrawn.v1', { form: 'touch', said: '' }, { session: 'none' })
    expect([begun(), agreed, back, again, closed].map((story) => read(story, 150).touch.says)).toEqual(['not agreed yet: no touch', 'hands only', 'taken back: no touch', 'taken back: no touch', 'hands only'])
    expect(read(back, 11.5).touch.allowed, 'a device whose clock is behind does not wait').toBe('none')
  })

  test.each([[179, 'no'], [180, 'call-prescriber'], [239, 'call-prescriber'], [240, 'decide-transfer']])('still here after %d minutes: %s', (minute, overdue) => {
    expect(read(begun().dose(0), minute).discharge.overdue).toBe(overdue)
  })
})

describe('who is in the room', () => {
  const present = (story: Told, minute: number) => read(story, minute).present.map(({ person, role }) => `${person} ${role}`)
  const out = (story: Told, minute: number, person: string) => story.on(minute, 'checked-out.v1', { person, handedOverTo: 'ada', readBack: true })
  const into = (story: Told, minute: number, person: string, role: 'therapist' | 'monitor' | 'prescriber' = 'monitor') => story.on(minute, 'checked-in.v1', { person, name: person, role })

  test.each([
    ['two come', begun(), ['rosa therapist', 'jun monitor']], ['one goes', out(begun(), -10, 'jun'), ['rosa therapist']], ['and comes back', into(out(begun(), -10, 'jun'), -5, 'jun'), ['rosa therapist', 'jun monitor']],
    ['checking in twice is one person', into(begun(), -5, 'jun'), ['rosa therapist', 'jun monitor']], ['somebody who never came cannot leave', out(begun(), -5, 'ada'), ['rosa therapist', 'jun monitor']],
    ['a new role replaces the old', into(begun(), -5, 'jun', 'prescriber'), ['rosa therapist', 'jun prescriber']], ['who comes later is not there yet', into(begun(), 5, 'ada'), ['rosa therapist', 'jun monitor']],
  ])('%s', (_, story, people) => {
    expect(present(story, 0)).toEqual(people)
  })

  test('checking in twice is one stay', () => {
    expect(read(into(begun(), -5, 'jun'), 0).stays.map(({ person, from }) => `${person} ${from}`)).toEqual([`rosa ${at(-58)}`, `jun ${at(-57)}`])
  })

  test('a stay has its beginning, its end, and who took over', () => {
    expect(read(out(begun(), -10, 'jun'), 0).stays.find(({ person }) => person === 'jun')).toMatchObject({ from: at(-57), until: at(-10), handedOverTo: 'ada', readBack: true })
  })
})

describe('a dose recorded twice', () => {
  const twice = begun().dose(0, 1, 40, { id: 'by-rosa' }).dose(1, 1, 40, { id: 'by-jun', by: 'jun', device: 'phone' })
  const resolve = (story: Told, stands: string, id: string, minute = 5, extra: object = {}) => story.on(minute, 'dose-conflict-resolved.v1', { step: 1, stands, reason: 'Both wrote down the same syringe.' }, { id, ...extra })
  const doses = (story: Told) => { const { conflicts, totalUg, steps } = read(story, 30).doses; return [conflicts, totalUg, steps.map((step) => step.stands?.id)] }

  test.each([
    ['stays open, and no total is shown', twice, [[1], undefined, [undefined]]],
    ['until one is named', resolve(twice, 'by-jun', 'r1'), [[], 40_000, ['by-jun']]],
    ['two who name the same agree', resolve(resolve(twice, 'by-jun', 'r1'), 'by-jun', 'r2', 6), [[], 40_000, ['by-jun']]],
    ['two who name different ones leave it open', resolve(resolve(twice, 'by-jun', 'r1'), 'by-rosa', 'r2', 6), [[1], undefined, [undefined]]],
    ['and one of them can correct it', resolve(resolve(twice, 'by-jun', 'r1'), 'by-rosa', 'r2', 6, { amends: 'r1' }), [[], 40_000, ['by-rosa']]],
    ['naming one that is not there leaves it open', resolve(twice, 'by-ada', 'r1'), [[1], undefined, [undefined]]],
    ['a third one written after the decision opens it again', resolve(twice, 'by-jun', 'r1').dose(2, 1, 40, { id: 'by-ada', writtenAt: at(9) }), [[1], undefined, [undefined]]],
    ['another step is another dose', begun().dose(0).dose(15, 2, 20), [[], 60_000, ['e006', 'e007']]],
  ])('%s', (_, story, expected) => {
    expect(doses(story)).toEqual(expected)
  })

  test('of two ends of one infusion the later counts', () => {
    const ended = begun('IV').dose(0, 1, 40, { id: 'iv' }).on(38, 'dose-ended.v1', { dose: 'iv' }).on(41, 'dose-ended.v1', { dose: 'iv' }).on(60, 'dose-ended.v1', { dose: 'another' })
    expect([read(ended, 70).doses.lastStep?.endedAt, read(ended, 70).discharge.earliestAt]).toEqual([at(41), at(101)])
  })

  test('both entries are kept, the schedule counts from the first of them and leaving from the last', () => {
    const now = read(twice, 30)
    expect(now.doses.steps[0]?.given.map(({ id }) => id)).toEqual(['by-rosa', 'by-jun'])
    expect([now.doses.firstAt, now.doses.lastAt, now.discharge.earliestAt]).toEqual([at(0), at(1), undefined])
    expect(read(atTheDoor(calmCourse().dose(0.5, 1, 40)), 122).discharge.check.failed).toEqual(['D1'])
  })
})

describe('the order in force', () => {
  const order = (story: Told, change: object, id: string, minute: number) => story.on(minute, 'order.v1', { ...(begun().entries.find((entry) => entry.id === 'order')?.body as object), ...change } as never, { id, by: 'dr-osei' })
  const now = (story: Told) => { const { inForce, changedSinceStart } = read(story, 10).order; return [inForce?.id, changedSinceStart] }
  test.each([
    ['the one it began with', begun(), ['order', false]], ['a newer one', order(begun(), { doseUg: 30_000 }, 'newer', -5), ['newer', true]],
    ['none when it was stopped', begun().on(-5, 'order-stopped.v1', { order: 'order', reason: 'New medicine at home.' }), [undefined, true]],
    ['no older one comes back when the newest was stopped', order(begun(), {}, 'newer', -5).on(-4, 'order-stopped.v1', { order: 'newer', reason: 'Withdrawn.' }), [undefined, true]],
    ['none after its last day', order(begun(), { validUntil: '2026-11-20' }, 'newer', -5), [undefined, true]], ['still on its last day', order(begun(), { validUntil: '2026-11-21' }, 'newer', -5), ['newer', true]],
    ['none before its first day', order(begun(), { validFrom: '2026-11-22' }, 'newer', -5), [undefined, true]],
  ])('%s', (_, story, expected) => {
    expect(now(story)).toEqual(expected)
  })
})

describe('after the close', () => {
  const received = (minute: number) => ({ receivedAt: at(minute) })
  const closed = () => begun().with((entries) => entries.map((entry) => ({ ...entry, ...received(-50) }))).reading(10, {}, received(10)).dose(0, 1, 40, { id: 'dose', ...received(0.1) })
    .on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close', ...received(31) })
  const late = (story: Told) => read(story, 60).late.map(({ entry, why }) => `${entry.id} ${why}`)

  test('everything is as of the close', () => {
    const now = read(closed(), 500)
    expect([now.asOf, now.minutesSinceFirstDose, now.due, now.closed?.id]).toEqual([at(30), 30, undefined, 'close'])
  })

  test.each([
    ['arrived after, happened before', closed().reading(20, { systolicMmHg: 190 }, { id: 'x', device: 'phone', ...received(45) }), ['x arrived-after-close']],
    ['not arrived yet', closed().reading(20, {}, { id: 'x', device: 'phone' }), ['x arrived-after-close']],
    ['arrived with the close', closed().reading(20, {}, { id: 'x', device: 'phone', ...received(31) }), []],
    ['arrived before it', closed().reading(20, {}, { id: 'x', device: 'phone', ...received(25) }), []],
    ['happened after', closed().reading(40, {}, { id: 'x', ...received(41) }), ['x happened-after-close']],
    ['a second close', closed().on(33, 'session-closed.v1', { how: 'discharged', tolerance: 'too-much', note: '' }, { id: 'x', ...received(34) }), ['x happened-after-close']],
    ['an answer to an alert belongs to the record whenever it comes', closed().on(20, 'alert-answered.v1', { alert: 'a', action: 'seen', note: '' }, { id: 'x', ...received(45) }), []],
  ])('%s', (_, story, expected) => {
    expect(late(story)).toEqual(expected)
  })

  test('nothing in the late lane changes what was signed', () => {
    const before = read(closed(), 60)
    const after = read(closed().reading(20, { systolicMmHg: 210 }, { device: 'phone', ...received(45) }).dose(25, 2, 20, { id: 'booster', device: 'phone', ...received(46) }), 60)
    expect([after.alerts, after.doses, after.vitals]).toEqual([before.alerts, before.doses, before.vitals])
    expect(after.late).toHaveLength(2)
  })

  test('a late correction leaves what it corrects standing, and the original of an early one does not come back', () => {
    const lateCorrection = closed().dose(0, 1, 60, { id: 'corrected', amends: 'dose', writtenAt: at(40), ...received(45) })
    expect([late(lateCorrection), read(lateCorrection, 60).doses.totalUg]).toEqual([['corrected arrived-after-close'], 40_000])
    const early = closed().dose(0, 1, 30, { id: 'corrected', amends: 'dose', ...received(20) })
    expect([late(early), read(early, 60).doses.totalUg]).toEqual([[], 30_000])
    const lateOfEarly = early.dose(0, 1, 70, { id: 'again', amends: 'corrected', ...received(45) })
    expect([late(lateOfEarly), read(lateOfEarly, 60).doses.totalUg]).toEqual([['again arrived-after-close'], 30_000])
  })

  test('two corrections of one entry, one of them late: the one on time stands alone', () => {
    const story = closed().dose(0, 1, 30, { id: 'early', amends: 'dose', ...received(20) }).dose(0, 1, 70, { id: 'late', amends: 'dose', ...received(45) })
    const { doses } = read(story, 60)
    expect([late(story), doses.conflicts, doses.totalUg]).toEqual([['late arrived-after-close'], [], 30_000])
  })

  test('correcting the close does not move the moment of it', () => {
    const story = closed().reading(20, {}, { id: 'x', device: 'phone', ...received(40) }).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'too-much', note: 'Corrected.' }, { id: 'close-2', amends: 'close', ...received(50) })
    expect([late(story), read(story, 60).closed?.id]).toEqual([['x arrived-after-close'], 'close-2'])
  })

  test('closed without the network: what the same device wrote afterwards is late, what it wrote before is not', () => {
    const offline = begun().dose(0).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close' })
    expect(late(offline.reading(20, {}, { id: 'x', writtenAt: at(20) }).reading(21, {}, { id: 'y', writtenAt: at(40) }))).toEqual(['y arrived-after-close'])
    expect(late(offline.reading(20, {}, { id: 'z', device: 'phone', writtenAt: at(40) }))).toEqual([])
  })
})

describe('laws', () => {
  const minute = fc.integer({ min: -20, max: 150 })
  const someEntry = fc.oneof(
    fc.record({ kind: fc.constant('vitals.v1' as const), minute, body: fc.record({ systolicMmHg: fc.integer({ min: 75, max: 215 }), diastolicMmHg: fc.integer({ min: 45, max: 125 }), heartRatePerMin: fc.integer({ min: 38, max: 155 }), respiratoryRatePerMin: fc.integer({ min: 6, max: 38 }), spo2Percent: fc.integer({ min: 86, max: 100 }) }, { requiredKeys: ['systolicMmHg'] }) }),
    fc.record({ kind: fc.constant('mental-status.v1' as const), minute, body: fc.record({ moaaS: fc.integer({ min: 0, max: 5 }), rass: fc.integer({ min: -5, max: 4 }) }, { requiredKeys: ['moaaS'] }) }),
    fc.record({ kind: fc.constant('symptom.v1' as const), minute, body: fc.record({ symptom: fc.constantFrom('nausea', 'chest-pain', 'syncope', 'vomiting'), present: fc.boolean() }) }),
    fc.record({ kind: fc.constant('dose-given.v1' as const), minute, body: fc.record({ step: fc.integer({ min: 1, max: 2 }), doseUg: fc.constant(40_000), route: fc.constant('IM'), order: fc.constant('order'), prepared: fc.constant('p'), confirmed: fc.constant('c'), confirmedBy: fc.constant('jun'), site: fc.constant(''), selfAdministered: fc.constant(false) }) }),
    fc.record({ kind: fc.constant('checked-out.v1' as const), minute, body: fc.record({ person: fc.constantFrom('rosa', 'jun') }) }),
    fc.record({ kind: fc.constant('checked-in.v1' as const), minute, body: fc.record({ person: fc.constantFrom('rosa', 'jun'), name: fc.constant('x'), role: fc.constantFrom('monitor', 'prescriber') }) }),
    fc.record({ kind: fc.constant('session-closed.v1' as const), minute, body: fc.constant({ how: 'discharged', tolerance: 'as-intended', note: '' }) }),
  )
  const story = fc.array(fc.tuple(someEntry, fc.option(minute, { nil: undefined }), fc.constantFrom('tablet', 'phone'), fc.option(fc.nat({ max: 12 }), { nil: undefined })), { maxLength: 14 }).map((some): Entry[] => [
    ...begun().entries,
    ...some.map(([{ kind, minute: when, body }, receivedMinute, device, amended], index) => ({
      id: `x${index}`, kind, at: at(when), writtenAt: at(when), by: 'rosa', device, session: SESSION, body, ...(receivedMinute === undefined ? {} : { receivedAt: at(Math.max(when, receivedMinute)), seq: index }),
      ...(amended !== undefined && amended < index ? { amends: `x${amended}` } : {}),
    }) as unknown as Entry),
  ])
  const seen = (entries: readonly Entry[], when: number) => {
    const session = readSession(told(entries).chart, SESSION, sessionRows, clock(when))
    if (!session.ok) return session
    const { entries: list, ...rest } = session.value
    return JSON.parse(JSON.stringify({ ...rest, list: list.list })) as unknown
  }

  test('the order in which entries arrive changes nothing', () => {
    fc.assert(fc.property(story.chain((entries) => fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }), minute)), ([entries, shuffled, when]) => {
      expect(seen(shuffled, when)).toEqual(seen(entries, when))
    }), { numRuns: 150 })
  })

  test('two devices’ copies, put together in either order and any number of times, are one', () => {
    fc.assert(fc.property(story.chain((entries) => fc.tuple(fc.constant(entries), fc.subarray(entries), fc.subarray(entries), minute)), ([entries, left, right, when]) => {
      const mine = [...begun().entries, ...left]
      const yours = [...begun().entries, ...right]
      const once = seen(merge(mine, yours), when)
      expect(seen(merge(yours, mine), when)).toEqual(once)
      expect(seen(merge(merge(mine, yours), mine, yours, yours), when)).toEqual(once)
      expect(seen(merge(entries, entries), when)).toEqual(seen(entries, when))
    }), { numRuns: 100 })
  })

  test('nothing is lost: every entry that stands is in the session or in the late lane', () => {
    fc.assert(fc.property(story, minute, (entries, when) => {
      const chart = told(entries).chart
      const session = readSession(chart, SESSION, sessionRows, clock(when))
      if (!session.ok) return false
      const kept = new Set([...session.value.entries.list, ...session.value.late.map(({ entry }) => entry)].map(({ id }) => id))
      return chart.entries.filter((entry) => entry.session === SESSION).every(({ id }) => kept.has(id))
    }), { numRuns: 150 })
  })

  test('a total is shown only while no step is claimed twice', () => {
    fc.assert(fc.property(story, minute, (entries, when) => {
      const session = readSession(told(entries).chart, SESSION, sessionRows, clock(when))
      return session.ok && (session.value.doses.totalUg === undefined) === (session.value.doses.conflicts.length > 0)
    }), { numRuns: 100 })
  })
})
