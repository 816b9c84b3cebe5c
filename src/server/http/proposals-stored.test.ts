import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Step } from '../../core/rulebook/changes.ts'
import { addPerson } from '../testing/practice.ts'
import { countersign, looked, propose } from '../testing/two-signatures.ts'
import { ask, fingerprint, world, type Actor, type World } from '../testing/world.ts'

/** A proposal that was altered where it is stored, and an edition that goes past the program: neither comes into force. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const QTC = 'eligibility/O04/qtcMs.moreThan'
const because = 'Agreed at the meeting of the clinicians.'
const actor = (says: string) => all.actors.find((one) => one.says === says)!
const director = () => actor('medical director off the team')
const otherDirector = () => actor('medical director on the team')
const therapist = () => actor('therapist on the team')
const QUIET = ['audit', 'audit_seal', 'sign_in_session', 'server_key', 'credential']

interface Stored { readonly id: string; readonly sha256: string }
const seenBy = async (who: Pick<Actor, 'token'>, id: string) => (await ask(all, 'proposals', who.token)).json<{ proposals: Stored[] }>().proposals.find((one) => one.id === id)
/** On what ships, since nothing here comes into force. */
async function proposed() {
  const steps: Step[] = [{ dial: QTC, from: 500, to: 502, reason: because }]
  const answer = await propose(all, director(), { on: 0, steps, reason: 'agreed' })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json<Stored>()
}
const sign = async (proposal: Stored, who = therapist()) => countersign(all, who, proposal)
const decline = (id: string, who: Actor) => ask(all, 'declineProposal', who.token, { params: { proposal: id }, body: { reason: 'Not this one.' } })
const putAway = (id: string) => ask(all, 'withdrawProposal', director().token, { params: { proposal: id }, body: { reason: '' } })

/** As somebody with the database in their hands would. */
async function tamper(id: string, sql: string) {
  await all.admin.query(`alter table app.edition_proposal disable trigger all; alter table app.edition_proposal drop constraint edition_proposal_check; ${sql} where proposal_id = '${id}'; alter table app.edition_proposal enable trigger all`)
  await all.admin.query(`alter table app.edition_proposal add constraint edition_proposal_check check (content_sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')) not valid`)
}
const redigested = (content: string) => `update app.edition_proposal set content = ${content}, content_sha256 = encode(sha256(convert_to(${content}, 'UTF8')), 'hex')`

describe('what was stored is not what was signed', () => {
  const inside = (from: string, to: string) => `replace(content, '${from}', '${to}')`
  const both = (from: string, to: string) => redigested(inside(from, to))
  test.each([
    ['its words, without their digest', () => `update app.edition_proposal set content = ${inside('"reason":"agreed"', '"reason":"forged"')}`, 'its digest does not fit'],
    ['who proposed it', () => `update app.edition_proposal set proposed_by = '${therapist().person}'`, 'its digest does not fit'],
    ['how far a figure goes, with its digest', () => both('"to":', '"to":1'), 'does not come out'],
    ['which way it is, with its digest', () => both('"way":"looser"', '"way":"tighter"'), 'does not come out'],
    ['the book that comes of it, with its digest', () => both('"bookSha256":"', '"bookSha256":"0'), 'does not come out'],
  ])('%s', async (_, sql, says) => {
    const one = await proposed()
    await tamper(one.id, sql())
    const before = await fingerprint(all.admin, QUIET)
    const { sha256 } = (await seenBy(therapist(), one.id))!
    const answer = await sign({ id: one.id, sha256 })
    expect([answer.statusCode >= 400, answer.json()], answer.body).toMatchObject([true, { code: expect.stringMatching(/^rulebook\.(proposal-closed|refused)$/) }])
    if (answer.json<{ code: string }>().code === 'rulebook.proposal-closed') expect(answer.json<{ list: { says: string }[] }>().list[0]!.says).toMatch(new RegExp(says))
    expect((await sign(one)).statusCode).toBeGreaterThanOrEqual(400)
    expect(await fingerprint(all.admin, QUIET)).toEqual(before)
    await decline(one.id, otherDirector())
  })
  test('a floor is asked once more when the second person signs', async () => {
    const one = await proposed()
    const from = 500
    const content = `replace(replace(content, '"dial":"${QTC}","from":${from}', '"dial":"alerts/BP-S/red/systolicMmHg.atLeast","from":200'), '"to":${from + 2}', '"to":210')`
    await tamper(one.id, redigested(content))
    const { sha256 } = (await seenBy(therapist(), one.id))!
    expect(sha256).not.toBe(one.sha256)
    expect((await sign({ id: one.id, sha256 })).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'floor' }] })
    await decline(one.id, otherDirector())
  })
})

describe('past the program, the database asks as well', () => {
  test('no book but the one that was proposed, no second signature but one’s own, and none by whoever proposed it', async () => {
    const one = await proposed()
    const add = (who: Actor, values: Record<string, unknown>) => all.shell.database.inContext(who.token, { durable: false }, async ({ client, actor: me }) => {
      const { rows } = await client.query<{ content: string }>('select content from app.edition_proposal where proposal_id = $1', [one.id])
      const said = JSON.parse(rows[0]!.content) as { on: number; by: string; reason: string; shippedSha256: string; moves: object[]; changes: unknown }
      const row: Record<string, unknown> = { practice_id: me.practice, number: said.on + 1, name: 'x', shipped_sha256: said.shippedSha256, changes: JSON.stringify(said.changes), moves: JSON.stringify(said.moves), book: '{}', book_sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a', reason: said.reason, adopted_by: said.by, adopted_at: 'x', proposal_id: one.id, countersigned_by: me.person, countersigned_why: looked, ...values }
      await client.query(`insert into app.rulebook_edition (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row))
    })
    for (const values of [{}, { moves: '[{"way":"tighter"}]' }, { reason: 'another' }, { adopted_by: actor('medical director on the team').person }]) await expect(add(therapist(), values)).rejects.toMatchObject({ code: 'rulebook.proposal-closed' })
    for (const who of ['monitor on the team', 'coordinator', 'owner']) await expect(add(actor(who), {}), who).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(add(therapist(), { countersigned_by: actor('prescriber on the team').person })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(add(director(), {})).rejects.toMatchObject({ code: 'rulebook.needs-two' })
    await expect(add(therapist(), { countersigned_why: 'fine' })).rejects.toMatchObject({ code: 'rulebook.needs-two' })
    await expect(add(therapist(), { proposal_id: null, countersigned_by: null, countersigned_why: null })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(add(director(), { proposal_id: null, countersigned_by: null, countersigned_why: null })).rejects.toMatchObject({ code: 'rulebook.needs-two' })
    await putAway(one.id)
  })
  test('nobody signs second who has never signed in with a code; and not a letter is other than it was proposed', async () => {
    const one = await proposed()
    const fresh = await addPerson(all.shell.database, all.home.practice, all.home.owner, 'Frida', ['therapist'])
    const book = '{}'
    // The book that was proposed, so that nothing but who signs stands against it.
    const digest = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    await tamper(one.id, redigested(`regexp_replace(content, '"bookSha256":"[0-9a-f]{64}"', '"bookSha256":"${digest}"')`))
    const add = (who: { token: string }, instead: Record<string, string> = {}) => all.shell.database.inContext(who.token, { durable: false }, async ({ client, actor: me }) => {
      const row: Record<string, string> = { practice_id: 'practice_id', number: `(content::jsonb->>'on')::int + 1`, name: `'x'`, shipped_sha256: `content::jsonb->>'shippedSha256'`, changes: `content::jsonb->'changes'`, moves: `content::jsonb->'moves'`, book: `'${book}'`, book_sha256: `'${digest}'`, reason: `content::jsonb->>'reason'`, adopted_by: 'proposed_by', adopted_at: `'x'`, proposal_id: 'proposal_id', countersigned_by: `'${me.person}'`, countersigned_why: `'${looked}'`, ...instead }
      await client.query(`insert into app.rulebook_edition (${Object.keys(row).join(', ')}) select ${Object.values(row).join(', ')} from app.edition_proposal where proposal_id = $1`, [one.id])
      throw new Error('it went in')
    })
    await expect(add(fresh)).rejects.toMatchObject({ code: 'rulebook.needs-two' })
    await all.admin.query(`insert into app.credential (practice_id, person_id, email, totp_confirmed) values ($1, $2, 'frida@example.org', false)`, [all.home.practice, fresh.person])
    await expect(add(fresh)).rejects.toMatchObject({ code: 'rulebook.needs-two' })
    await all.admin.query('update app.credential set totp_confirmed = true where person_id = $1', [fresh.person])
    await expect(add(fresh)).rejects.toThrow('it went in')
    // One thing at a time that is not as it was proposed.
    const others: Record<string, string> = { moves: `'[{"way":"tighter"}]'`, changes: `'[]'`, reason: `'another'`, shipped_sha256: `repeat('0', 64)`, adopted_by: `'${otherDirector().person}'`, book_sha256: `encode(sha256('{} '), 'hex')` }
    for (const [column, instead] of Object.entries(others)) await expect(add(fresh, column === 'book_sha256' ? { book: `'{} '`, book_sha256: instead } : { [column]: instead }), column).rejects.toMatchObject({ code: 'rulebook.proposal-closed' })
    await all.admin.query(`delete from app.membership where person_id = $1`, [director().person])
    await expect(add(fresh)).rejects.toMatchObject({ code: 'rulebook.needs-two' })
    await all.admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'medical-director')`, [all.home.practice, director().person])
    await all.admin.query('update app.person set active = false where person_id = $1', [fresh.person])
    await expect(add(fresh)).rejects.toMatchObject({ code: expect.stringMatching(/needs-two|not-allowed|sign-in/) })
    await putAway(one.id)
  })
})
