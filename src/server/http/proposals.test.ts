import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Step } from '../../core/rulebook/changes.ts'
import { addChart, addPerson } from '../testing/practice.ts'
import { byTwo, countersign, looked, propose } from '../testing/two-signatures.ts'
import { ask, byAct, draft, fingerprint, world, type Actor, type World } from '../testing/world.ts'

/** Loosening is signed by two: who proposes, who signs second, what becomes of a proposal, and that nothing goes past it. */
let all: World
beforeAll(async () => {
  all = await world()
  await all.admin.query(`update app.chart set protocol = 'solo-six' where chart_id = $1`, [all.home.chart])
})
afterAll(() => all.close())

const QTC = 'eligibility/O04/qtcMs.moreThan'
const PEOPLE = 'monitoring/gates/fewestPeople'
const because = 'Agreed at the meeting of the clinicians.'
const actor = (says: string) => all.actors.find((one) => one.says === says)!
const director = () => actor('medical director off the team')
const otherDirector = () => actor('medical director on the team')
const therapist = () => actor('therapist on the team')
const QUIET = ['audit', 'audit_seal', 'sign_in_session', 'server_key', 'credential']

interface Editions { readonly inForce: number; readonly name: string; readonly changes: { dial: string; to: number }[]; readonly editions: { number: number; adoptedBy: string; countersignedBy: string | null; countersignedWhy: string | null }[] }
const editions = async () => (await ask(all, 'editions', all.home.thea.token)).json<Editions>()
interface Proposal { readonly id: string; readonly sha256: string; readonly state: string; readonly stale: string | null; readonly mine: boolean; readonly forMe: boolean; readonly couldSign: string[]; readonly edition: number | null; readonly answer: { by: string; reason: string } | null; readonly moves: object[] }
const seenBy = async (who: Pick<Actor, 'token'>, id: string) => (await ask(all, 'proposals', who.token)).json<{ proposals: Proposal[] }>().proposals.find((one) => one.id === id)
const qtcNow = async () => (await editions()).changes.find(({ dial }) => dial === QTC)?.to ?? 500
const step = (dial: string, from: Step['from'], to: Step['to'], reason = because): Step => ({ dial, from, to, reason })
const asked = async (...steps: Step[]) => ({ on: (await editions()).inForce, steps, reason: 'agreed' })
const looserBy = async (ms: number) => { const from = await qtcNow(); return asked(step(QTC, from, from + ms)) }
const proposed = async (what?: object, who = director()) => {
  const answer = await propose(all, who, what ?? (await looserBy(2)))
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<{ id: string; sha256: string }>()
}
const sign = async (proposal: { id: string; sha256: string }, who = therapist(), more: { reason?: string; code?: string } = {}) => countersign(all, who, proposal, more)
const decline = (id: string, who = therapist(), reason = 'Not before the audit.') => ask(all, 'declineProposal', who.token, { params: { proposal: id }, body: { reason } })
const withdraw = (id: string, who = director()) => ask(all, 'withdrawProposal', who.token, { params: { proposal: id }, body: { reason: '' } })
const adopt = async (who: Actor, ...steps: Step[]) => ask(all, 'adoptEdition', who.token, { body: { ...(await asked(...steps)), code: await all.codeOf(who) } })
/** What nobody has answered yet is put away, so that the next test begins with nothing waiting. */
const putAway = (id: string) => withdraw(id)

describe('one proposes', () => {
  test('and nothing holds: the rulebook, the number in force and every decision are as before', async () => {
    const before = await editions()
    const one = await proposed()
    expect(await editions()).toEqual(before)
    expect(await seenBy(therapist(), one.id)).toMatchObject({ state: 'waiting', by: 'Dirk Sample', reason: 'agreed', mine: false, forMe: true, on: 0, moves: [{ dial: QTC, from: 500, to: 502, way: 'looser', beyondShipped: true, reason: because }] })
    await putAway(one.id)
  })
  test('everybody who may read the rulebook reads it, and nobody else', async () => {
    const one = await proposed()
    for (const says of ['therapist off the team', 'prescriber on the team', 'monitor on the team', 'coordinator', 'owner', 'medical director on the team']) expect(await seenBy(actor(says), one.id), says).toMatchObject({ id: one.id, sha256: one.sha256 })
    expect(await seenBy(director(), one.id)).toMatchObject({ mine: true, forMe: false, couldSign: expect.arrayContaining(['Thea Sample', 'Tomas Sample', 'Pia Sample', 'Pavel Sample', 'Dina Sample']) })
    expect((await seenBy(director(), one.id))!.couldSign).toHaveLength(5)
    for (const says of ['monitor on the team', 'coordinator', 'owner']) expect((await seenBy(actor(says), one.id))!.forMe, says).toBe(false)
    expect((await ask(all, 'proposals', all.home.mara.token)).statusCode).toBe(403)
    expect(await seenBy(actor('therapist of another practice'), one.id)).toBeUndefined()
    await putAway(one.id)
  })
  test('whom it would change is said to those who treat them, and as a number to others', async () => {
    const patient = await addPerson(all.shell.database, all.home.practice, all.home.owner, 'Vera', ['patient'])
    const chart = await addChart(all.shell.database, all.home.owner, 'Vera Sample', [{ person: all.home.pia, role: 'prescriber' }, { person: all.home.thea, role: 'therapist' }], patient)
    for (const at of ['2026-11-20T17:00:00.000Z', '2026-11-21T16:00:00.000Z']) await ask(all, 'append', all.home.thea.token, { params: { chart }, body: { entries: [{ ...draft('vitals.v1', { systolicMmHg: 144, diastolicMmHg: 80 }), at, writtenAt: at }] } })
    const one = await proposed(await asked(step('eligibility/H01/systolicMmHg.atLeast', 160, 144, ''), step(QTC, 500, 502)))
    const says = async (who: Actor) => (await ask(all, 'previewProposal', who.token, { params: { proposal: one.id } })).json<{ looked: number; changed: number; judged: { name: string; after: { rules: string[] } }[]; underWay: unknown[] }>()
    expect(await says(therapist())).toMatchObject({ changed: 1, judged: [{ name: 'Vera Sample', after: { rules: expect.arrayContaining(['H01 hold']) } }], underWay: [] })
    for (const who of ['therapist off the team', 'monitor off the team', 'coordinator', 'owner', 'medical director on the team']) expect(await says(actor(who)), who).toMatchObject({ changed: 1, judged: [] })
    await putAway(one.id)
  })
  test.each([['a prescriber', 'prescriber on the team', 403], ['a therapist', 'therapist on the team', 403], ['the owner', 'owner', 403]])('%s proposes nothing', async (_, says, status) =>
    expect((await propose(all, actor(says), await looserBy(2))).statusCode).toBe(status))
  test.each([
    ['what only tightens', [step(QTC, 500, 480)], 'tighter'], ['what has a floor', [step('alerts/BP-S/red/systolicMmHg.atLeast', 200, 210)], 'floor'], ['what has no reason', [step(QTC, 500, 510, 'too short')], 'reason'], ['what stands elsewhere', [step(QTC, 499, 510)], 'moved-on'],
  ])('%s is refused', async (_, steps, code) => expect((await propose(all, director(), await asked(...steps))).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code }] }))
  test('without the right code nothing is proposed', async () => {
    const before = await fingerprint(all.admin, QUIET)
    expect((await ask(all, 'proposeEdition', director().token, { body: { ...(await looserBy(2)), code: '000000' } })).json()).toMatchObject({ code: 'sign-in.code-refused' })
    expect(await fingerprint(all.admin, QUIET)).toEqual(before)
  })
})

describe('another signs', () => {
  test('without a second signature it is 403, whoever sends it', async () => {
    const [before, body] = [await fingerprint(all.admin, QUIET), await looserBy(2)]
    for (const who of [director(), otherDirector()]) expect([(await ask(all, 'adoptEdition', who.token, { body: { ...body, code: await all.codeOf(who) } })).statusCode, (await adopt(who, ...body.steps)).json()]).toMatchObject([403, { code: 'rulebook.needs-two', list: [{ code: QTC }] }])
    expect(await fingerprint(all.admin, QUIET)).toEqual(before)
  })
  test('not the same person, also not by the id of another proposal; not without a reason, a code, or the words they looked at', async () => {
    const one = await proposed()
    const before = await fingerprint(all.admin, QUIET)
    expect([(await sign(one, director())).statusCode, (await sign(one, director())).json()]).toMatchObject([403, { code: 'rulebook.needs-two', list: [{ code: 'same' }] }])
    expect((await sign(one, therapist(), { reason: 'x'.repeat(19) })).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'reason' }] })
    expect((await sign(one, therapist(), { reason: `${' '.repeat(30)}ok, fine` })).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'reason' }] })
    expect((await sign(one, therapist(), { code: '000000' })).json()).toMatchObject({ code: 'sign-in.code-refused' })
    expect((await sign({ ...one, sha256: '0'.repeat(64) })).json()).toMatchObject({ code: 'rulebook.proposal-closed', list: [{ says: expect.stringContaining('Something else stands in it') }] })
    const other = await ask(all, 'countersignEdition', therapist().token, { params: { proposal: one.id }, body: { sha256: one.sha256, reason: looked, code: '123456', steps: [step(QTC, 500, 600)] } })
    expect(other.statusCode).toBe(422)
    expect(await fingerprint(all.admin, QUIET)).toEqual(before)
    await putAway(one.id)
  })
  test.each([['a monitor', 'monitor on the team', 403], ['the coordinator', 'coordinator', 403], ['the owner', 'owner', 403], ['the patient', 'the patient herself', 403], ['a therapist of another practice', 'therapist of another practice', 404], ['nobody', 'nobody', 401]])('%s does not, and declines nothing', async (_, says, status) => {
    const one = await proposed()
    expect((await ask(all, 'countersignEdition', actor(says).token, { params: { proposal: one.id }, body: { sha256: one.sha256, reason: looked, code: await all.codeOf(actor(says)) } })).statusCode).toBe(status)
    expect((await decline(one.id, actor(says))).statusCode).toBe(status)
    expect((await seenBy(therapist(), one.id))!.state).toBe('waiting')
    await putAway(one.id)
  })
  test('who has lost the role does not, though they were signed in while they had it', async () => {
    const one = await proposed()
    const tomas = actor('therapist off the team')
    await all.admin.query('delete from app.membership where practice_id = $1 and person_id = $2', [all.home.practice, tomas.person])
    expect((await sign(one, tomas)).statusCode).toBe(403)
    await all.admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'therapist')`, [all.home.practice, tomas.person])
    await putAway(one.id)
  })
  test.each([['a therapist', 'therapist off the team'], ['a prescriber', 'prescriber on the team'], ['another medical director', 'medical director on the team']])('%s does, with both names in the edition, and whoever proposed it is told', async (_, says) => {
    const { inForce } = await editions()
    const to = (await qtcNow()) + 2
    const one = await proposed()
    expect((await sign(one, actor(says))).json()).toMatchObject({ number: inForce + 1 })
    const after = await editions()
    expect([after.inForce, await qtcNow()]).toEqual([inForce + 1, to])
    expect(after.editions.at(-1)).toMatchObject({ adoptedBy: 'Dirk Sample', countersignedBy: expect.stringMatching(/^(Tomas|Pia|Dina) Sample$/), countersignedWhy: looked })
    expect(await seenBy(therapist(), one.id)).toMatchObject({ state: 'signed', edition: inForce + 1, forMe: false, answer: { reason: looked } })
    const notices = (await ask(all, 'home', director().token)).json<{ notices: { kind: string; says: string }[] }>().notices
    expect(notices.filter(({ kind }) => kind === 'proposal').at(0)!.says).toContain(`edition ${inForce + 1} is in force`)
  })
  test('a figure left looser than it ships takes two, also where it is turned towards what ships; back to what ships takes one', async () => {
    const stands = await qtcNow()
    expect(stands).toBeGreaterThan(502)
    expect((await adopt(director(), step(QTC, stands, stands - 2, ''))).json()).toMatchObject({ code: 'rulebook.needs-two', list: [{ code: QTC }] })
    expect((await adopt(actor('prescriber on the team'), step(QTC, stands, stands - 2, ''))).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: QTC }] })
    expect((await byTwo(all, director(), therapist(), await asked(step(QTC, stands, stands - 2, '')))).statusCode).toBe(200)
    expect((await adopt(actor('prescriber on the team'), step(QTC, stands - 2, 500, ''))).statusCode).toBe(200)
    // What stands looser and is not turned was signed by two, and holds nobody up.
    expect((await byTwo(all, director(), therapist(), await looserBy(2))).statusCode).toBe(200)
    expect((await adopt(actor('prescriber on the team'), step('eligibility/H01/systolicMmHg.atLeast', 160, 155, ''))).statusCode).toBe(200)
  })
})

describe('a proposal is answered once', () => {
  const closed = { code: 'rulebook.proposal-closed' }
  test('declined by somebody who could have signed, with a reason, which whoever proposed it is told', async () => {
    const [one, before] = [await proposed(), await editions()]
    expect((await decline(one.id, therapist(), 'x')).statusCode).toBe(422)
    expect((await decline(one.id, director())).json()).toMatchObject({ code: 'rulebook.needs-two', list: [{ code: 'same' }] })
    expect((await decline(one.id)).statusCode).toBe(200)
    expect(await seenBy(director(), one.id)).toMatchObject({ state: 'declined', answer: { by: 'Thea Sample', reason: 'Not before the audit.' } })
    expect([(await sign(one)).statusCode, (await sign(one, otherDirector())).json(), (await withdraw(one.id)).json(), (await decline(one.id, otherDirector())).json()]).toMatchObject([409, closed, closed, closed])
    expect(await editions()).toEqual(before)
    expect((await ask(all, 'home', director().token)).json<{ notices: { says: string }[] }>().notices[0]!.says).toBe('Thea Sample declined what you proposed. “Not before the audit.” The rulebook holds as it did.')
  })
  test('withdrawn by whoever proposed it, and by nobody else', async () => {
    const one = await proposed()
    expect((await withdraw(one.id, otherDirector())).statusCode).toBe(403)
    expect((await withdraw(one.id)).statusCode).toBe(200)
    expect((await sign(one)).json()).toMatchObject({ ...closed, list: [{ says: 'Dirk Sample has withdrawn it.' }] })
  })
  test('two who sign at once: one edition is in force, and the other is told', async () => {
    const { inForce } = await editions()
    const one = await proposed()
    const two = [therapist(), actor('prescriber on the team'), otherDirector()]
    const codes = [await all.codeOf(two[0]!), await all.codeOf(two[1]!), await all.codeOf(two[2]!)]
    const answers = await Promise.all(two.map((who, at) => sign(one, who, { code: codes[at]! })))
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409])
    // Whoever was later finds the proposal closed, or the edition that came of it in force.
    for (const answer of answers.filter(({ statusCode }) => statusCode === 409)) expect(['rulebook.proposal-closed', 'rulebook.moved-on']).toContain(answer.json<{ code: string }>().code)
    expect((await editions()).inForce).toBe(inForce + 1)
    expect((await all.admin.query('select from app.rulebook_edition where proposal_id = $1', [one.id])).rowCount).toBe(1)
  })
  test('one signs while another declines: exactly one of them is heard', async () => {
    const { inForce } = await editions()
    const one = await proposed()
    const code = await all.codeOf(therapist())
    const [signed, declined] = await Promise.all([sign(one, therapist(), { code }), decline(one.id, otherDirector())])
    expect([signed.statusCode, declined.statusCode].toSorted()).toEqual([200, 409])
    expect((await editions()).inForce).toBe(inForce + (signed.statusCode === 200 ? 1 : 0))
    expect((await all.admin.query<{ answer: string }>('select answer from app.edition_answer where proposal_id = $1', [one.id])).rows).toEqual([{ answer: signed.statusCode === 200 ? 'signed' : 'declined' }])
  })
  test('another edition in between: it is shown with why, and has to be proposed again', async () => {
    const one = await proposed()
    const { inForce } = await editions()
    expect((await adopt(actor('prescriber on the team'), step('eligibility/H01/systolicMmHg.atLeast', 155, 150, ''))).statusCode).toBe(200)
    const why = `It was made on edition ${inForce}, and edition ${inForce + 1} has been adopted since.`
    expect(await seenBy(therapist(), one.id)).toMatchObject({ state: 'stale', stale: why, forMe: false })
    const before = await fingerprint(all.admin, QUIET)
    expect((await sign(one)).json()).toMatchObject({ ...closed, list: [{ says: why }] })
    expect((await ask(all, 'previewProposal', therapist().token, { params: { proposal: one.id } })).json()).toMatchObject({ ...closed, list: [{ says: why }] })
    expect(await fingerprint(all.admin, QUIET)).toEqual(before)
    await putAway(one.id)
  })
  test('whoever proposed it is no longer medical director: nobody signs on their word', async () => {
    const one = await proposed()
    await all.admin.query(`delete from app.membership where person_id = $1 and role = 'medical-director'`, [director().person])
    expect(await seenBy(therapist(), one.id)).toMatchObject({ state: 'stale', stale: 'Somebody who has left proposed it, and is no longer medical director here.' })
    expect((await sign(one)).json()).toMatchObject(closed)
    await all.admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'medical-director')`, [all.home.practice, director().person])
    await putAway(one.id)
  })
})

test('on the list of whoever could sign it stands until somebody has, and on nobody else’s', async () => {
  const toSign = async (who: Pick<Actor, 'token'>) => (await ask(all, 'home', who.token)).json<{ toSign: { proposal: string; by: string; figures: number; course: string | null }[] }>().toSign
  const one = await proposed()
  for (const says of ['therapist on the team', 'therapist off the team', 'prescriber on the team', 'medical director on the team']) expect(await toSign(actor(says)), says).toMatchObject([{ proposal: one.id, by: 'Dirk Sample', figures: 1, course: null }])
  for (const says of ['medical director off the team', 'monitor on the team', 'coordinator', 'owner', 'therapist of another practice']) expect(await toSign(actor(says)), says).toEqual([])
  await decline(one.id)
  expect(await toSign(therapist())).toEqual([])
})

test('a session under way keeps the edition it started with', async () => {
  expect((await adopt(director(), step(PEOPLE, 2, 3, ''))).statusCode).toBe(200)
  const begin = async () => {
    await all.admin.query('update app.session_claim set closed = true where chart_id = $1', [all.home.chart])
    const session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition: (await editions()).name, number: 1, gates: [], people: [] })
    for (const [who, role] of [[all.home.thea, 'therapist'], [all.home.mona, 'monitor']] as const) await ask(all, 'append', who.token, { params: { chart: all.home.chart }, body: { entries: [draft('checked-in.v1', { person: who.person, name: 'X', role }, { session })] } })
    return session
  }
  const missing = async (session: string) => (await ask(all, 'append', all.home.mona.token, { params: { chart: all.home.chart }, body: { entries: [draft('dose-given.v1', { step: 1, doseUg: 35_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: '', selfAdministered: false }, { session })] } })).json<{ list: { code: string }[] }>().list.map(({ code }) => code)
  const older = await begin()
  expect(await missing(older)).toContain('two-people')
  expect((await byTwo(all, director(), therapist(), await asked(step(PEOPLE, 3, 2)))).statusCode).toBe(200)
  expect(await missing(older)).toContain('two-people')
  expect(await missing(await begin())).not.toContain('two-people')
})

test('where nobody else could sign, nothing is loosened and the words say so; tightening works', async () => {
  const { away } = all
  const alone = await addPerson(all.shell.database, away.practice, away.owner, 'Solveig', ['medical-director'])
  const solo: Actor = { says: 'alone', person: alone.person, token: alone.token, practice: away.practice, roles: alone.roles, standings: [] }
  const on = async (steps: Step[]) => ({ on: (await ask(all, 'editions', solo.token)).json<Editions>().inForce, steps, reason: 'agreed' })
  await all.admin.query('update app.person set active = false where person_id = $1', [away.therapist.person])
  expect((await ask(all, 'proposals', solo.token)).json()).toMatchObject({ proposals: [], others: [] })
  const nobody = { code: 'nobody', says: expect.stringMatching(/Nobody else here is a therapist, a prescriber or a medical director.*Tightening always works/) }
  expect((await propose(all, solo, await on([step(QTC, 500, 510)]))).json()).toMatchObject({ code: 'rulebook.needs-two', list: [nobody] })
  expect((await ask(all, 'adoptEdition', solo.token, { body: { ...(await on([step(QTC, 500, 510)])), code: await all.codeOf(solo) } })).json()).toMatchObject({ code: 'rulebook.needs-two', list: [{ code: QTC }, nobody] })
  expect((await ask(all, 'adoptEdition', solo.token, { body: { ...(await on([step(QTC, 500, 480, '')])), code: await all.codeOf(solo) } })).statusCode).toBe(200)
  await all.admin.query('update app.person set active = true where person_id = $1', [away.therapist.person])
  expect((await propose(all, solo, await on([step(QTC, 480, 490)]))).statusCode).toBe(200)
})

test('each act has its line in the audit, refused ones too', async () => {
  const { rows } = await all.admin.query<{ line: string }>(`select distinct action || ' ' || outcome as line from app.audit where action like 'rulebook.%' order by 1`)
  expect(rows.map(({ line }) => line)).toEqual(expect.arrayContaining(['rulebook.edition-proposed done', 'rulebook.edition-proposed refused', 'rulebook.edition-countersigned done', 'rulebook.edition-countersigned refused', 'rulebook.proposal-declined done', 'rulebook.proposal-withdrawn done', 'rulebook.proposal-withdrawn refused', 'rulebook.previewed done', 'rulebook.edition-adopted refused']))
})
