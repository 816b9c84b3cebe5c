import { createHash, randomUUID } from 'node:crypto'
import type { BodyOf } from '../../core/chart/kinds.ts'
import { isOfCourse } from '../../core/course/dosing-visit.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { estimate } from '../../core/money/estimate.ts'
import { estimateDocument } from '../../core/money/estimate-document.ts'
import { superbill, type BilledVisit, type BillingPractice, type BillingProvider } from '../../core/money/superbill.ts'
import { billingRules, estimateRules, estimateWords } from '../../knowledge/fees.ts'
import { estimatePdf } from '../outside/estimate-pdf.ts'
import { superbillPdf } from '../outside/superbill-pdf.ts'
import { team } from '../store/charts.ts'
import { fees, practiceRow, staff } from '../store/practice.ts'
import { entry, writeAct, written } from './acts.ts'
import { judge, requireCourse, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

const PDF = 'application/pdf'

export const moneyHandlers: Handlers<'estimate' | 'giveEstimate' | 'billable' | 'issueSuperbill' | 'document' | 'documents'> = {
  async estimate(_, here) {
    return { estimate: await estimateOf(here, await judge(here, chartOf(here))) }
  },
  async giveEstimate({ params, body }, here) {
    const before = await written(here, params.chart, body.id, 'estimate-given.v1', {})
    if (before) return { document: await documentOf(here, params.chart, before.entry.body.textSha256) }
    const judged = await judge(here, params.chart)
    const made = await estimateOf(here, judged)
    const provider = await providerOf(here, params.chart)
    const document = estimateDocument({
      number: `E-${judged.row.chart.slice(-6)}-${localDay(here.now, judged.zone)}`, issuedOn: localDay(here.now, judged.zone), course: judged.protocol!.name, patient: patientOf(judged), practice: await billingPractice(here), providers: [provider],
      diagnoses: diagnosesOf(judged), estimate: made, ...(firstOn(judged) ? { firstOn: firstOn(judged)! } : {}),
    }, estimateWords.sentences, estimateRules)
    if (!document.ok) throw new Problem('bill.incomplete', { list: document.refusal.map(({ problem, says }) => ({ code: problem, says })) })
    const { bytes } = await estimatePdf(document.value)
    const id = await keepDocument(here, params.chart, `Good faith estimate ${document.value.number}`, bytes, ['patient', 'coordinator', 'owner'])
    await writeAct(here, params.chart, 'estimate.given', entry('estimate-given.v1', body.id, body.device, here, {
      lines: made.lines.map((line) => ({ service: line.service.slice(0, 80), code: line.code.slice(0, 20), units: line.units, chargeCents: line.chargeCents, by: provider.name })),
      totalCents: made.totalCents, disputeAboveCents: made.disputeFromCents, textSha256: sha256(bytes),
    }))
    return { document: id }
  },
  async billable({ params }, here) {
    const { chart } = await judge(here, params.chart)
    const issued = chart.all('superbill-issued.v1').map(({ body, at }) => ({ number: body.number, visit: body.visit, totalCents: body.totalCents, document: body.document, at }))
    const billed = new Set(issued.map(({ visit }) => visit))
    const held = heldVisits(chart)
    return { issued, waiting: standingVisits(chart).filter(({ visit }) => held.has(visit) && !billed.has(visit)) }
  },
  async issueSuperbill({ params, body }, here) {
    const judged = await judge(here, params.chart)
    const visit = billedVisit(judged, body.visit)
    const number = `${localDay(here.now, judged.zone).slice(0, 4)}-${body.id.slice(-8)}`
    const feeRows = await fees(here)
    const made = superbill(visit, feeRows, await billingPractice(here), await providerOf(here, params.chart, judged, body.visit), patientOf(judged), { number, issuedOn: localDay(here.now, judged.zone) }, billingRules)
    if (!made.ok) throw new Problem('bill.incomplete', { list: made.refusal.map(({ problem, says }) => ({ code: problem, says })) })
    const problems = made.value.warnings.map(({ says }) => says)
    const before = await written(here, params.chart, body.id, 'superbill-issued.v1', { visit: body.visit })
    if (before) return { number: before.entry.body.number, document: before.entry.body.document, problems }
    const { bytes } = await superbillPdf(made.value)
    const document = await keepDocument(here, params.chart, `Superbill ${number}`, bytes, ['patient', 'coordinator', 'owner'])
    for (const line of made.value.lines) {
      await here.client.query('insert into app.charge (practice_id, charge_id, chart_id, visit_id, superbill_number, code, descriptor, modifier, place_of_service, units, amount_cents, at, by_person) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
        [here.actor.practice, randomUUID(), params.chart, body.visit, number, line.code, line.service, line.modifiers.join(' '), line.placeOfService, line.units, line.chargeCents, here.now, here.actor.person])
    }
    await writeAct(here, params.chart, 'superbill.issued', entry('superbill-issued.v1', body.id, body.device, here, { number, visit: body.visit, totalCents: made.value.totalCents, document }))
    return { number, document, problems }
  },
  async document({ params }, here) {
    const { rows } = await here.client.query<{ title: string; media_type: string; bytes: Buffer }>('select title, media_type, bytes from app.document where practice_id = $1 and chart_id = $2 and document_id = $3', [here.actor.practice, params.chart, params.document])
    if (!rows[0]) throw new Problem('not-found')
    here.reply.type(rows[0].media_type).header('content-disposition', `attachment; filename="${rows[0].title.replaceAll(/[^\w .-]/g, '')}.pdf"`).header('cache-control', 'no-store')
    return rows[0].bytes
  },
  async documents({ params }, here) {
    const { rows } = await here.client.query<{ id: string; title: string; mediaType: string; at: string }>('select document_id as id, title, media_type as "mediaType", created_at as at from app.document where practice_id = $1 and chart_id = $2 order by created_at desc', [here.actor.practice, params.chart])
    return { documents: rows }
  },
}

const chartOf = (here: Here) => (here.request.params as { chart: string }).chart
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function estimateOf(here: Here, judged: Judged) {
  const protocol = requireCourse(judged, 'bill.incomplete')
  const { rows } = await here.client.query('select from app.fee limit 1')
  // The patient may see what a course costs, and not the practice's whole price list.
  const priced = rows.length > 0 ? await fees(here) : await feesForPatient(here)
  const made = estimate(protocol, priced, estimateRules)
  if (!made.ok) throw new Problem('bill.incomplete', { list: made.refusal.map(({ visitType, says }) => ({ code: visitType, says })) })
  return made.value
}

export async function feesForPatient(here: Here) {
  const { asJob } = await import('./job.ts')
  return asJob(here.shell, here.actor.practice, (client) => fees({ client, actor: here.actor }))
}

/** A visit was held when somebody closed it, or when the medicine session that belongs to it was closed. */
export function heldVisits(chart: Judged['chart']): Map<string, { startedAt: string; endedAt: string }> {
  const held = new Map<string, { startedAt: string; endedAt: string }>()
  for (const { body } of chart.all('visit-closed.v1')) if (body.visit && body.outcome !== 'missed') held.set(body.visit, { startedAt: body.startedAt, endedAt: body.endedAt })
  for (const { body } of chart.all('integration.v1')) if (body.visit) held.set(body.visit, { startedAt: body.startedAt, endedAt: body.endedAt })
  for (const started of chart.all('session-started.v1')) {
    const closed = chart.latest('session-closed.v1', ({ session }) => session === started.id)
    if (started.body.visit && closed) held.set(started.body.visit, { startedAt: started.at, endedAt: closed.at })
  }
  return held
}

function billedVisit({ chart, zone }: Judged, visit: string): BilledVisit {
  const booked = standingVisits(chart).find((each) => each.visit === visit)
  const held = heldVisits(chart).get(visit)
  if (!booked || !held) throw new Problem('bill.incomplete', { list: [{ code: 'visit-not-held', says: 'This visit has not taken place yet.' }] })
  return { visit, type: booked.type, startedAt: held.startedAt, endedAt: held.endedAt, on: localDay(held.startedAt, zone), outcome: 'completed', diagnoses: diagnosesOf({ chart }), paidCents: 0, ...(booked.online ? { placeOfService: '10', modifiers: ['95'] } : {}) }
}

const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
function diagnosesOf({ chart }: Pick<Judged, 'chart'>): { code: string; says: string }[] {
  const indicated = (chart.latest('intake.v1')?.body.indications ?? []).map(({ code, display }) => ({ code, says: display ?? '' }))
  const conditions = chart.all('condition.v1').filter(({ body }) => body.category === 'indication' && body.status === 'active').flatMap(({ body }) => body.codes.filter(({ system }) => system === ICD).map(({ code }) => ({ code, says: body.name })))
  return [...new Map([...indicated, ...conditions].map((each) => [each.code, each])).values()]
}

function patientOf({ row, chart }: Judged) {
  const known: BodyOf<'demographics.v1'> | undefined = chart.latest('demographics.v1')?.body
  return { name: row.name, birthDate: row.birthDate ?? '', address: known?.address ?? '' }
}

const firstOn = ({ chart }: Judged) => standingVisits(chart).find(isOfCourse)?.localStart.slice(0, 10)

async function billingPractice(here: Here): Promise<BillingPractice> {
  const { name, sample, settings } = await practiceRow(here)
  const text = (key: string) => (typeof settings[key] === 'string' ? (settings[key] as string) : '')
  return { name, sample, address: text('place'), phone: text('phone'), tin: text('tin'), npi: text('organizationNpi') }
}

/** Who is named on a bill: who held the visit, or the patient's own therapist. */
async function providerOf(here: Here, chart: string, judged?: Judged, visit?: string): Promise<BillingProvider> {
  const booked = judged && visit ? standingVisits(judged.chart).find((each) => each.visit === visit) : undefined
  const members = await team(here, chart)
  const person = booked?.people.find(({ role }) => role === 'therapist' || role === 'prescriber')?.person ?? members.find(({ role }) => role === 'therapist')?.person
  const row = (await staff(here)).find((each) => each.person === person)
  return { name: row?.name ?? '', credentials: row?.credentials ?? '', npi: row?.npi ?? '', licence: row?.licence ?? '' }
}

async function documentOf(here: Here, chart: string, digest: string): Promise<string> {
  const { rows } = await here.client.query<{ id: string }>('select document_id as id from app.document where practice_id = $1 and chart_id = $2 and sha256 = $3', [here.actor.practice, chart, digest])
  if (!rows[0]) throw new Problem('not-found')
  return rows[0].id
}

export async function keepDocument(here: Here, chart: string, title: string, bytes: Uint8Array, readers: readonly string[]): Promise<string> {
  const id = randomUUID()
  await here.client.query('insert into app.document (practice_id, document_id, chart_id, title, media_type, bytes, sha256, created_at, readers) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [here.actor.practice, id, chart, title, PDF, Buffer.from(bytes), sha256(bytes), here.now, readers])
  return id
}
