import { doseBrief } from '../../core/dosing/brief.ts'
import { checkOrder } from '../../core/dosing/check-order.ts'
import { decideDose } from '../../core/dosing/decide.ts'
import { readBeforeSigning } from '../../core/eligibility/clearance.ts'
import type { BodyOf } from '../../core/chart/kinds.ts'
import type { Body } from '../../core/dosing/weight.ts'
import type { Parsed } from '../../core/contract/contract.ts'
import { misuseNow } from '../../core/misuse/signs.ts'
import { slowingBreakdown, titration } from '../../knowledge/titration.ts'
import { team, tell } from '../store/charts.ts'
import { entry, writeAct, written } from './acts.ts'
import { judgeLocked, requireRules, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

export const clearanceHandlers: Handlers<'signClearance' | 'signOrder' | 'declineDose'> = {
  async signClearance({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'clearance.v1', body.clearance)
    if (before) return before
    const { clearance } = body
    if (judged.chart.entries.some((each) => (each.seq ?? 0) > clearance.lastSeq && readBeforeSigning.includes(each.kind))) throw new Problem('clearance.outdated')
    if (clearance.decision === 'cleared') {
      requireRules(judged.edition)
      refuseUncleared(clearance, judged)
    }
    await requireCode(here, body.code)
    const signed = entry('clearance.v1', body.id, body.device, here, {
      ...clearance, signature: await signature(here, 'approval'),
      screening: {
        edition: judged.edition.name, decision: judged.screening.decision, unknown: judged.screening.unknown.map(({ rule }) => rule.id),
        met: judged.screening.met.map(({ rule }) => ({ rule: rule.id, says: rule.says, action: rule.action })),
      },
    })
    const answer = await writeAct(here, params.chart, 'clearance.signed', signed)
    // Whoever signs has looked again: what told them to is done.
    await here.client.query(`update app.notice set done_at = $4 where practice_id = $1 and person_id = $2 and chart_id = $3 and kind = 'reopened' and done_at is null`, [here.actor.practice, here.actor.person, params.chart, here.now])
    await tellTeam(here, params.chart, judged, `${judged.row.name}: medical clearance ${WORDS[clearance.decision]}.`, body.id)
    return answer
  },
  async signOrder({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'order.v1', body.order)
    if (before) return before
    requireRules(judged.edition)
    if (judged.clearance.state !== 'cleared') throw new Problem('step.blocked', { list: [{ code: 'clearance', says: 'An order needs a medical clearance that is in date and not reopened.' }] })
    const checked = checkOrder(body.order, judged.edition.book.dosing, bodyOf(judged))
    if (!checked.ok) throw new Problem('order.refused', { list: [checked.refusal] })
    const decided = body.titration && decision(judged, here, body.titration, { id: body.id, ...body.order })
    await requireCode(here, body.code)
    const signed = await signature(here, 'authorship')
    const order = entry('order.v1', body.id, body.device, here, { ...body.order, signature: signed })
    return writeAct(here, params.chart, 'order.signed', order, decided ? [entry('dose-decided.v1', body.titration!.id, body.device, here, { ...decided, signature: signed })] : [])
  },
  async declineDose({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'dose-decided.v1', { decision: 'declined', reason: body.reason })
    if (before) return before
    requireRules(judged.edition)
    const declined = decision(judged, here, body)
    await requireCode(here, body.code)
    return writeAct(here, params.chart, 'dose.declined', entry('dose-decided.v1', body.id, body.device, here, { ...declined, signature: await signature(here, 'authorship') }))
  },
}

/** What was proposed is read again under the lock, so that a decision is about what stands, not about what stood on a screen. */
function decision({ chart, edition, zone }: Judged, here: Here, { seen, stated, reason }: NonNullable<Parsed<'signOrder'>['body']['titration']>, order?: { readonly id: string } & Pick<BodyOf<'order.v1'>, 'route' | 'doseUg'>) {
  const brief = doseBrief(chart, stated, { book: edition.book, titration, inhibitors: slowingBreakdown, response: edition.book.instruments['phq-9']! }, { now: here.now, zone })
  const decided = decideDose(brief, { seen, stated, reason, ...(order && { order }) }, edition.name, titration)
  if (!decided.ok) throw new Problem('order.refused', { list: [decided.refusal] })
  return decided.value
}

const WORDS = { cleared: 'signed', held: 'on hold', refused: 'refused' } as const

/** The rules that stand in the way of a clearance. A block or a hold is not the prescriber's to wave through here. */
function refuseUncleared(clearance: Parsed<'signClearance'>['body']['clearance'], { screening, row, edition, chart }: Judged) {
  const { reasonCharacters } = edition.book.screening.overrides
  const list = screening.met.flatMap(({ rule }) => {
    if (rule.moment !== 'screening' || rule.id === CLEARANCE_ITSELF) return []
    if (rule.action === 'block' || rule.action === 'hold' || rule.action === 'missing') return [{ code: rule.id, says: rule.says }]
    if (rule.action === 'override' && !clearance.overrides.some((each) => each.rule === rule.id && each.reason.trim().length >= reasonCharacters)) return [{ code: rule.id, says: `${rule.says} This needs your written reason, in ${reasonCharacters} characters or more.` }]
    return []
  })
  const unanswered = screening.unknown.filter(({ rule }) => rule.moment === 'screening' && rule.id !== CLEARANCE_ITSELF).map(({ rule }) => ({ code: rule.id, says: `Could not be judged, facts are missing: ${rule.says}` }))
  const met = screening.met.filter(({ rule }) => rule.action === 'override').map(({ rule }) => rule.id)
  list.push(...clearance.overrides.filter(({ rule }) => !met.includes(rule)).map(({ rule }) => ({ code: rule, says: `${rule} is not met now, or is no rule to go on in spite of: no reason can be signed for it.` })))
  const { misuse } = edition.book
  if (misuseNow(chart, misuse).level === 'hold') list.push({ code: misuse.hold.id, says: 'Signs that prescribers alone read wait for you. Read them and write what came of it, then sign.' })
  if (row.deceasedOn) list.push({ code: 'deceased', says: 'This person is recorded as deceased.' })
  if (list.length + unanswered.length > 0) throw new Problem('step.blocked', { list: [...list, ...unanswered] })
  if (!clearance.expiresOn) throw new Problem('step.blocked', { list: [{ code: 'expiry', says: 'A clearance needs the day on which it ends.' }] })
}

/** The rule that says "no clearance is signed": signing is what ends it. */
const CLEARANCE_ITSELF = 'M01'

export async function signature(here: Here, meaning: 'approval' | 'authorship') {
  const { rows } = await here.client.query<{ name: string }>(`select trim(p.given_name || ' ' || p.family_name || coalesce(', ' || nullif(f.credentials, ''), '')) as name from app.person p left join app.staff_profile f using (practice_id, person_id) where p.practice_id = $1 and p.person_id = $2`, [here.actor.practice, here.actor.person])
  return { person: here.actor.person!, name: rows[0]!.name, meaning, method: 'one-time-code' as const, signedAt: here.now }
}

function bodyOf({ chart }: Judged): Body | undefined {
  const weight = chart.latest('weight.v1')
  const height = chart.latest('height.v1')
  const sex = chart.latest('fact.v1', ({ body }) => body.fact === 'sexAtBirth')?.body as BodyOf<'fact.v1'> | undefined
  if (!weight || !height || sex?.state !== 'answered') return undefined
  return { weightG: weight.body.weightG, heightMm: height.body.heightMm, sex: sex.value as Body['sex'] }
}

async function tellTeam(here: Here, chart: string, { row }: Judged, says: string, about: string) {
  const people = (await team(here, chart)).filter(({ person }) => person !== here.actor.person).map(({ person }) => person)
  await tell(here.client, here.actor.practice, people, { chart: row.chart, kind: 'clearance', says, entry: about, at: here.now })
}
