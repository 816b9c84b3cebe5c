import { richBodies } from '../../core/fhir/testing/rich-bodies.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayAny, type Operation } from '../../core/access/policy.ts'
import { contract, routeNames, type RouteName } from '../../core/contract/contract.ts'
import type { Route } from '../../core/contract/route.ts'
import { jpeg } from '../../core/files/testing/media.ts'
import { sent } from '../testing/files.ts'
import { sealFor } from '../testing/sealing.ts'
import { appendFound } from '../store/followed.ts'
import { asJob } from './job.ts'
import { ask, bookedVisit, byAct, device, draft, fingerprint, settled, inquiryOf, world, type Actor, type Asked, type World } from '../testing/world.ts'

/** Every route that the policy guards × everybody who could ask. What is expected comes from the policy alone. */
let all: World
let session: string
let document: string
beforeAll(async () => {
  all = await world()
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', richBodies().find(({ kind }) => kind === 'session-started.v1')!.body as object)
  document = randomUUID()
  await all.admin.query(`insert into app.document (practice_id, document_id, chart_id, title, media_type, bytes, sha256, created_at, readers) values ($1, $2, $3, 'A bill', 'application/pdf', 'x', 'x', 'x', '{patient,coordinator,owner,therapist,prescriber,monitor}')`, [all.home.practice, document, all.home.chart])
})
afterAll(() => all.close())

const guarded = routeNames.filter((name) => !['anyone', 'signed-in', 'half-signed-in'].includes(contract[name].who))
const onChart = (name: RouteName) => contract[name].path.includes(':chart')
const id = randomUUID
const aVisit = () => ({ visit: id(), type: 'preparation', number: 1, startsAt: '2026-12-03T17:00:00.000Z', endsAt: '2026-12-03T18:00:00.000Z', localStart: '2026-12-03T09:00', zone: 'America/Los_Angeles', people: [], online: true })
const step = { dial: 'eligibility/H01/systolicMmHg.atLeast', from: 160, to: 150, reason: '' }
const wishes = { earliest: '2026-12-01' }
const clearance = { decision: 'cleared', conditions: [], reason: 'reviewed', expiresOn: '2027-02-01', overrides: [], lastSeq: 0 }
const order = { medication: 'racemic-ketamine', route: 'IM', doseUg: 35_000, boosterUg: 0, maxTotalUg: 35_000, weightG: 70_000, validFrom: '2026-11-21', validUntil: '2027-01-21', instructions: '', reason: '' }
const staffRow = () => ({ person: id(), givenName: 'New', familyName: 'Person', email: null, roles: ['monitor'], active: true, credentials: '', npi: null, licence: null, licensedNurse: false, conditions: [], modalities: [], languages: [], online: false, inPerson: true, accepting: false, about: '', capacity: 1, weekly: [], exceptions: [], planning: {} })
const slot = { startsAt: '2026-12-02T17:00:00.000Z', endsAt: '2026-12-02T18:00:00.000Z', localStart: '2026-12-02T09:00', zone: 'America/Los_Angeles', online: true }

/** A request that nothing but the policy stands against: whoever may ask gets further than 401, 403 and 404. */
const REQUESTS: Record<string, (actor: Actor) => Promise<Asked> | Asked> = {
  chart: () => ({}), entries: () => ({}), notes: () => ({}), journal: () => ({}), course: () => ({}), access: () => ({}), audit: () => ({}), estimate: () => ({}), billable: () => ({}), documents: () => ({}),
  append: () => ({ body: { entries: [draft('message.v1', { topic: 'other', text: 'hello' })] } }),
  keepNote: () => ({ body: { entries: [draft('psychotherapy-note.v1', { text: 'a note' })] } }),
  keepJournal: () => ({ body: { entries: [draft('journal.v1', { text: 'a line' })] } }),
  putFile: ({ roles }) => ({ body: { kind: roles.includes('patient') ? 'journal-photo.v1' : 'photo-taken.v1', ...sent(jpeg()) } }), file: async () => ({ params: { entry: await photographed() } }),
  joinTeam: () => ({ body: { person: all.home.pia.person, role: 'prescriber' } }),
  chooseProtocol: () => ({ body: { id: id(), protocol: 'solo-six', device } }),
  signClearance: async (actor) => ({ body: { id: id(), device, code: await all.codeOf(actor), clearance } }),
  signOrder: async (actor) => ({ body: { id: id(), device, code: await all.codeOf(actor), order } }),
  decideProposal: async (actor) => ({ body: { id: id(), device, code: await all.codeOf(actor), decision: 'declined', seen: { propose: 'booster-review', because: ['relapse'] }, reason: 'not now' } }), declineDose: async (actor) => ({ body: { id: id(), device, code: await all.codeOf(actor), reason: 'another way', stated: { route: 'IM', noSideEffects: false }, seen: { action: 'START', doseUg: 35_000 } } }),
  signConsent: () => ({ body: { id: id(), device, form: 'treatment', version: '0', textSha256: '0'.repeat(64), acknowledged: [], typedName: 'Mara Sample' } }),
  startSession: () => ({ body: { id: id(), device, order: id() } }),
  roomChecked: () => ({ params: { room: id() } }), joinSession: () => ({ params: { session } }), guests: () => ({ params: { session } }),
  enrolGuest: () => ({ params: { session }, body: { person: all.home.pia.person, pin: '2468', publicKey: `${'A'.repeat(87)}=` } }), endGuest: async (actor) => ({ params: { session, guest: await letIn(actor) } }), endOwnGuest: async (actor) => ({ params: { guest: await letIn(actor, 'guest') } }),
  transcribe: () => ({ body: { id: id(), device, session, wrote: 'Mona Sample', why: 'No power.', lines: [{ entry: draft('vitals.v1', { systolicMmHg: 120 }, { session }), by: 'Mona Sample' }] } }),
  checkTranscription: async () => ({ params: { transcription: await typed() }, body: { id: id(), device, typedName: 'Somebody Else', compared: [{ entry: id(), found: 'agrees' }] } }),
  sessionRecord: () => ({ params: { session } }),
  export: () => ({ query: { as: 'ndjson' } }),
  plan: () => ({ body: wishes }), explainDay: () => ({ body: { day: '2026-12-02', type: 'preparation', wishes } }),
  planAccepted: () => ({ body: {} }), bookAccepted: () => ({ body: { id: id(), device, visits: [aVisit()] } }), book: () => ({ body: { id: id(), device, visits: [aVisit()] } }), hold: () => ({ body: { visits: [aVisit()] } }), held: () => ({}), letGo: () => ({}),
  waitingList: () => ({}), planTogether: () => ({ body: { charts: [all.home.chart], earliest: '2026-12-01' } }), planningNow: () => ({}), plannedTogether: async (actor) => ({ params: { run: await jointPlan(actor) } }), stopPlanning: async (actor) => ({ params: { run: await jointPlan(actor) } }),
  bookPlanned: async () => ({ params: { run: await jointPlan() }, body: { id: id(), device, first: id() } }), holdPlanned: async () => ({ params: { run: await jointPlan() }, body: { first: id() } }), planAgain: async () => ({ params: { run: await jointPlan() } }),
  proposeMove: async () => ({ params: { visit: await bookedVisit(all) }, body: { to: { localStart: '2026-12-08T09:00', zone: 'America/Los_Angeles' }, wishes } }),
  therapy: () => ({}), planTherapy: () => ({ body: { rule: hour() } }), bookTherapy: () => ({ body: { id: id(), device, rule: hour(), visits: [{ ...aVisit(), type: 'therapy' }], plannedTo: '2026-12-03' } }),
  planTherapyChange: async () => { const from = await madeSeries(); return { params: { series: from.series }, body: { from: { visit: from.visit, scope: 'all' }, rule: hour() } } },
  changeTherapy: async () => { const from = await madeSeries(); return { params: { series: from.series }, body: { id: id(), device, from: { visit: from.visit, scope: 'all' }, rule: hour(), moves: [], cancel: [], book: [], plannedTo: '2026-12-03' } } },
  stopTherapy: async () => { const from = await madeSeries(); return { params: { series: from.series }, body: { id: id(), device, how: { stops: 'ends', from: { visit: from.visit, scope: 'all' } }, why: 'It ends.', told: { by: 'practice', reason: 'practice' } } } },
  ownStopTherapy: async () => { const from = await madeSeries(); return { params: { series: from.series }, body: { id: id(), device, from: { visit: from.visit, scope: 'all' }, reason: 'other' } } },
  places: async () => ({ params: { visit: await bookedVisit(all) }, query: { from: '2026-12-08', to: '2026-12-08' } }),
  move: async () => ({ body: { device, moves: [{ id: id(), to: { ...aVisit(), visit: await bookedVisit(all) }, why: 'asked' }] } }),
  askMoves: async () => ({ body: { id: id(), device, moves: [{ to: { ...aVisit(), visit: await bookedVisit(all) }, why: 'asked' }] } }), changes: () => ({}), settleChange: async () => ({ params: { told: await toldChange() }, body: { id: id(), device, how: 'taken-back' } }),
  cancelVisit: async () => ({ params: { visit: await bookedVisit(all) }, body: { id: id(), device, why: 'on holiday' } }),
  cancelVisits: async () => ({ body: { id: id(), device, visits: [await bookedVisit(all)], why: 'The course has ended.', message: 'This visit will not take place.' } }),
  ownSlots: async () => ({ params: { visit: await bookedVisit(all) } }), ownMove: async () => ({ params: { visit: await bookedVisit(all) }, body: { id: id(), device, startsAt: '2026-12-08T17:00:00.000Z' } }),
  noShow: async () => ({ params: { visit: await bookedVisit(all) }, body: { id: id(), device } }), ownFee: async () => ({ params: { visit: await bookedVisit(all) } }), ownCancel: async () => ({ params: { visit: await bookedVisit(all) }, body: { id: id(), device, reason: 'other' } }),
  lateFees: () => ({}), decideLateFee: async () => ({ params: { told: await toldVisit() }, body: { decision: 'waived', id: id(), device, why: 'known long before' } }),
  askedMoves: () => ({}), answerMove: async () => ({ params: { asked: await askedMove() }, body: { answer: 'no', id: id(), device, words: 'Nobody is there.' } }),
  outcomes: () => ({}), registry: () => ({}), registryAggregate: () => ({}), outcomesBehind: () => ({ query: { instrument: 'phq-9' } }), groups: () => ({}), group: async (actor) => ({ params: { group: await aGroup(actor) } }), makeGroup: (actor) => ({ body: { id: id(), device, name: 'Tuesday group', kind: 'couple', open: true, charts: actor.practice === all.away.practice ? [all.away.chart, all.away.chart] : [all.home.chart, all.otherChart], leaders: [all.home.thea.person] } }),
  keepGroup: async (actor) => ({ params: { group: await aGroup(actor) }, body: { open: true, leaders: [all.home.thea.person] } }), joinGroup: async (actor) => ({ params: { group: await aGroup(actor) }, body: { id: id(), device, chart: chartBy(actor) } }), leaveGroup: async (actor) => ({ params: { group: await aGroup(actor) }, body: { id: id(), device, chart: chartBy(actor) } }),
  planGroup: async (actor) => ({ params: { group: await aGroup(actor) }, body: { types: ['preparation'], wishes } }), bookGroup: async (actor) => ({ params: { group: await aGroup(actor) }, body: { id: id(), device, visits: [aVisit()] } }),
  proposeGroupMove: async (actor) => ({ params: await aGroupVisit(actor), body: {} }), moveGroup: async (actor) => ({ params: await aGroupVisit(actor), body: { id: id(), device, to: aVisit() } }), askGroup: async (actor) => ({ params: await aGroupVisit(actor), body: { id: id(), device, to: aVisit() } }),
  takeBackGroup: async (actor) => ({ params: await aGroupVisit(actor), body: { id: id(), device } }), cancelGroup: async (actor) => ({ params: await aGroupVisit(actor), body: { id: id(), device, why: 'on holiday', reason: 'practice' } }),
  closeGroup: async (actor) => ({ params: await aGroupVisit(actor), body: { id: id(), device, shared: '', notes: [{ chart: chartBy(actor), startedAt: '2026-11-20T17:00:00.000Z', endedAt: '2026-11-20T18:00:00.000Z', outcome: 'completed', summary: '' }] } }),
  wishSooner: async () => ({ params: { visit: await bookedVisit(all) }, body: { id: id(), device, wish: { from: '2026-11-22', to: '2026-12-31', weekdays: [], otherWay: false, noticeHours: 24 } } }), withdrawSooner: async () => ({ params: { visit: await bookedVisit(all) }, body: { id: id(), device } }), sooner: () => ({}),
  answerOffer: async () => ({ params: { offer: await offered() }, body: { id: id(), device, answer: 'no' } }),
  freedTimes: () => ({}), whoFits: () => ({ params: { visit: id() }, query: { startsAt: '2026-12-01T17:00:00.000Z' } }), offerFreed: () => ({ params: { visit: id() }, body: { id: id(), startsAt: '2026-12-01T17:00:00.000Z', way: 'in-turn', hours: 24, turns: [{ chart: all.home.chart, visit: id() }] } }), putAwayFreed: () => ({ params: { visit: id() }, body: { startsAt: '2026-12-01T17:00:00.000Z', why: '' } }), bringBackFreed: () => ({ params: { visit: id() }, body: { startsAt: '2026-12-01T17:00:00.000Z' } }), stopOffer: async (actor) => ({ params: { round: await aRound(actor) }, body: {} }),
  giveEstimate: () => ({ body: { id: id(), device } }), issueSuperbill: () => ({ body: { id: id(), device, visit: id() } }),
  joinVisit: async () => ({ params: { visit: await bookedVisit(all) } }), keepVisitVideo: async () => ({ params: { visit: await ofAll() }, body: { address: '' } }), videoAddresses: () => ({}), keepVideoAddress: ({ person, roles }) => ({ body: { person: roles.includes('therapist') || roles.includes('prescriber') ? person ?? null : null, address: '' } }),
  reminded: () => ({}), questionsAsked: () => ({}), tabletForms: () => ({}), handTablet: () => ({ body: { id: id(), forms: ['no-such-form'], by: ['name', 'birth-date'] } }), keepReminded: () => ({ body: { by: 'mail' } }),
  workNote: async () => ({ body: { visits: [await bookedVisit(all)], driving: false } }),
  document: () => ({ params: { document } }),
  quarantine: () => ({}), openQuarantined: async () => ({ params: { act: await brought() } }), adoptQuarantined: async () => ({ params: { act: await brought() }, body: { id: id(), device } }), discardQuarantined: async () => ({ params: { act: await brought() }, body: { reason: 'said twice' } }),
  inquiries: () => ({}), calendar: () => ({ query: { from: '2026-11-21', to: '2026-11-28' } }),
  logCall: async (actor) => ({ params: { id: await ownInquiry(actor) }, body: { startedAt: '2026-11-21T17:00:00.000Z', endedAt: null, answers: {}, outcome: null, note: '' } }),
  shortlist: async (actor) => ({ params: { id: await ownInquiry(actor) } }), whyNotInTime: async (actor) => ({ params: { id: await ownInquiry(actor) } }), firstVisitsKept: () => ({}),
  match: async (actor) => ({ params: { id: await ownInquiry(actor) }, body: { therapist: all.home.thea.person, slot, givenName: 'A', familyName: 'B', birthDate: '1990-01-01', email: 'a@example.org', device } }),
  closeInquiry: async (actor) => ({ params: { id: await ownInquiry(actor) }, body: { why: 'went elsewhere' } }),
  keepPractice: ({ practice }) => ({ body: { name: practice === all.away.practice ? 'Other practice' : 'Test practice', zone: 'America/Los_Angeles', settings: {} } }),
  keepClosings: () => ({ body: { add: [{ from: '2026-12-24', to: '2027-01-01', name: 'Winter closing' }] } }),
  onCall: () => ({}), watched: () => ({}), keepOnCall: () => ({ body: { on: 0, rota: { weekly: [], days: [], everyone: [] } } }), keepStaff: () => ({ body: staffRow() }), inviteStaff: ({ person }) => ({ params: { person: person ?? id() } }), keepRoom: () => ({ body: { id: id(), name: 'Cedar', features: [], dosing: false, planning: {} } }),
  keepFee: () => ({ body: { id: id(), visitType: 'intake', code: 'DEMO', descriptor: '', modifier: '', placeOfService: '11', unitsPerVisit: 1, chargeCents: 100, demonstration: true } }),
  signForm: async (actor) => ({ body: { kind: 'condition', id: id(), instrument: 'dast-10', clause: 'We give credit to its author and do not use it commercially.', code: await all.codeOf(actor) } }), rulebookCodes: () => ({}), editions: () => ({}), editionBook: () => ({ params: { number: '0' } }), previewEdition: () => ({ body: { on: 0, steps: [step] } }), adoptEdition: async (actor) => ({ body: { on: 0, steps: [step], reason: 'agreed', code: await all.codeOf(actor) } }),
  proposals: () => ({}), proposeEdition: async (actor) => ({ body: { on: 0, steps: [{ ...step, to: 170, reason: 'Agreed at the meeting of the clinicians.' }], reason: 'agreed', code: await all.codeOf(actor) } }),
  previewProposal: async (actor) => ({ params: { proposal: await aProposal(actor) } }), withdrawProposal: async (actor) => ({ params: { proposal: await aProposal(actor, true) }, body: { reason: '' } }),
  countersignEdition: async (actor) => ({ params: { proposal: await aProposal(actor) }, body: { sha256: '0'.repeat(64), reason: 'I have looked at each row.', code: await all.codeOf(actor) } }), declineProposal: async (actor) => ({ params: { proposal: await aProposal(actor) }, body: { reason: 'not now' } }),
  previewCourse: () => ({ body: { on: 0, course: { from: 'solo-six', name: 'Six sessions here', says: 'Three visits to prepare, then six sessions.', replaces: false, changes: [] } } }),
  ledger: () => ({}), ledgerOpen: () => ({}), ledgerLog: () => ({ query: { place: id(), from: '2026-11-01', to: '2026-11-30' } }),
  openPlace: () => { const place = id(); return { body: { id: place, name: 'Cupboard', registration: '' } } },
  receiveStock: () => ({ body: { place: id(), at: '2026-11-21T17:00:00.000Z', label: { medicine: 'racemic-ketamine', form: 'vial', strengthUg: 50_000, lot: 'A1', expires: '2027-06-30', singleUse: false, source: 'manufacturer', supplier: '', paper: '' }, quantity: 10_000, containers: [id()] } }),
  takeStock: () => ({ body: { kind: 'wasted', id: id(), container: id(), quantity: 1, how: 'absorbent', at: '2026-11-21T17:00:00.000Z' } }),
  countStock: () => ({ body: { id: id(), place: id(), at: '2026-11-21T17:00:00.000Z', counts: [{ id: id(), container: id(), counted: 1, expected: 1 }] } }),
  witnessLine: async (actor) => ({ params: { line: id() }, body: { id: id(), code: await all.codeOf(actor) } }),
  explainDifference: async (actor) => ({ body: { id: id(), difference: 'count:none', reason: 'As the story goes.', adjust: null, code: await all.codeOf(actor) } }),
  closePeriod: async (actor) => ({ body: { id: id(), place: id(), through: '2026-11-20', code: await all.codeOf(actor) } }),
  addOuterCalendar: () => ({ body: { label: 'Home', address: 'https://calendar.example.org/secret.ics' } }), importCalendar: () => ({ body: { label: 'Home', text: 'BEGIN:VCALENDAR\nEND:VCALENDAR' } }), removeOuterCalendar: async (actor) => ({ params: { calendar: await ownCalendar(actor) }, body: {} }),
  adoptProtocol: async (actor) => ({ body: { protocol: 'solo-six', code: await all.codeOf(actor) } }),
}
/** Something that the monitor's device brought after its access had ended; decided about once, so each asks about another. */
async function brought(): Promise<string> {
  const { newest } = all.shell.quarantineKeys
  const { practice, chart, mona } = all.home
  const [act, entry] = [id(), { ...draft('vitals.v1', { heartRatePerMin: 70 }), by: mona.person }]
  const sealed = await sealFor(newest.publicKey, act, { chart, person: mona.person, device }, { chart, writtenAt: entry.writtenAt, entries: [entry as never] })
  await all.admin.query(`insert into app.quarantine (practice_id, act_id, chart_id, person_id, device, entries, first_at, last_at, key_id, sealed, received_at) values ($1, $2, $3, $4, $5, array[$6::uuid], $7, $7, $8, $9, $7)`, [practice, act, chart, mona.person, device, entry.id, entry.writtenAt, newest.id, Buffer.from(sealed, 'base64')])
  return act
}
/** A booked visit that stands in the calendar as well. */
async function ofAll(): Promise<string> {
  const visit = await bookedVisit(all)
  await all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone, online) values ($1, $2, 'preparation', '[2026-12-01T17:00Z, 2026-12-01T18:00Z)', '2026-12-01T09:00', 'America/Los_Angeles', true)`, [all.home.practice, visit])
  return visit
}
/** A photo on the one chart, with its bytes, once. */
let photo: string | undefined
async function photographed(): Promise<string> {
  if (photo) return photo
  const picture = sent(jpeg())
  await ask(all, 'putFile', all.home.thea.token, { params: { chart: all.home.chart }, body: { kind: 'photo-taken.v1', ...picture } })
  photo = await byAct(all.shell, all.home.thea, all.home.chart, 'photo-taken.v1', { file: { sha256: picture.sha256, bytes: jpeg().length, type: 'image/jpeg' }, agreed: 'aloud' })
  return photo
}
/** A joint plan of the practice of whoever asks, and in our own with the one chart in it. */
async function jointPlan(actor?: Actor): Promise<string> {
  const away = actor?.practice === all.away.practice
  const [practice, by, run] = [away ? all.away.practice : all.home.practice, away ? all.away.owner.person : all.home.cora.person, id()]
  await all.admin.query('delete from app.planning_run where practice_id = $1', [practice])
  await all.admin.query(`insert into app.planning_run (practice_id, run_id, begun_by, begun_at, state, ended_at) values ($1, $2, $3, 'x', 'done', '2026-11-21T17:00:00.000Z')`, [practice, run, by])
  if (!away) await all.admin.query(`insert into app.planned_together (practice_id, run_id, chart_id, waited_days, wishes, answer) values ($1, $2, $3, 1, '{"earliest":"2026-12-01","when":[],"online":[]}', $4)`, [practice, run, all.home.chart, JSON.stringify({ plan: { visits: [aVisit()], score: {}, notes: [] }, impossible: [], wouldHelp: [], alone: null, because: [] })])
  return run
}
/** Somebody who may sign on the device of whoever asks, where that can be; or whoever asks, on another's. */
async function letIn({ practice, person }: Actor, as: 'lender' | 'guest' = 'lender'): Promise<string> {
  const { thea, pia } = all.home
  const [guest, own] = [id(), practice === all.home.practice && person ? person : thea.person]
  const other = own === pia.person ? thea.person : pia.person
  const [lender, signs] = as === 'lender' ? [own, other] : [other, own]
  await all.admin.query(`insert into app.device_guest (practice_id, guest_id, chart_id, session_id, person_id, device, lent_by, public_key, made_at, until) values ($1, $2, $3, $4, $5, $6, $7, $8, 'x', 'x')`, [all.home.practice, guest, all.home.chart, session, signs, device, lender, `${'A'.repeat(87)}=`])
  return guest
}
/** How therapy would come back. */
const hour = () => ({ everyWeeks: 1, weekday: 4, at: '09:00', lengthMin: 60, zone: 'America/Los_Angeles', therapist: { person: all.home.thea.person, name: 'Thea' }, online: true, roomFeatures: [], from: '2026-12-01', visits: 1, pauses: [] })
/** Therapy that comes back on the one chart, ended once, so each asks about another. */
async function madeSeries(): Promise<{ readonly series: string; readonly visit: string }> {
  const [series, visit] = [id(), { ...aVisit(), type: 'therapy' }]
  await byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [visit], why: '', series })
  await byAct(all.shell, all.home.thea, all.home.chart, 'therapy-series.v1', { series, how: 'made', rule: hour(), plannedTo: '2026-12-03', why: '' })
  return { series, visit: visit.visit }
}
/** The patient's wish for another time, answered once, so each asks about another. */
async function askedMove(): Promise<string> {
  const visit = await bookedVisit(all)
  return byAct(all.shell, all.home.mara, all.home.chart, 'move-asked.v1', { from: '2026-12-01T17:00:00.000Z', to: { ...aVisit(), visit }, words: '' })
}
/** A time that is offered to the patient, answered once. */
async function offered(): Promise<string> {
  const visit = { ...aVisit(), type: 'preparation' as const, visit: await bookedVisit(all) }
  const body = { round: id(), by: { person: all.home.cora.person, name: 'Cora' }, freed: { startsAt: visit.startsAt, endsAt: visit.endsAt }, changes: [{ from: { ...visit, startsAt: '2026-12-04T17:00:00.000Z' }, to: visit, why: '' }], until: '2026-12-01T17:00:00.000Z', held: false }
  return (await asJob(all.shell, all.home.practice, (client) => appendFound(client, all.home.practice, { chart: all.home.chart, kind: 'time-offered.v1', at: all.shell.clock.now(), body, judgedTo: 99_999 }, all.shell.clock.now()), true))!.id
}
/** One that goes on in their own practice. */
async function aRound({ practice }: Actor): Promise<string> {
  const [round, away] = [id(), practice === all.away.practice]
  await all.admin.query(`insert into app.offer_round (practice_id, round_id, visit_id, starts_at, ends_at, way, hours, made_by, made_at) values ($1, $2, gen_random_uuid(), '2026-12-01T17:00:00Z', '2026-12-01T18:00:00Z', 'in-turn', 24, $3, 'x')`, [away ? all.away.practice : all.home.practice, round, away ? all.away.owner.person : all.home.owner.person])
  return round
}
/** Something the patient is asked about, taken back once. */
async function toldChange(): Promise<string> {
  const visit = { ...aVisit(), visit: await bookedVisit(all) }
  return byAct(all.shell, all.home.thea, all.home.chart, 'change-told.v1', { way: 'asked', until: '2026-11-30T17:00:00.000Z', changes: [{ from: { ...visit, startsAt: '2026-12-01T17:00:00.000Z' }, to: visit, why: '' }] })
}
/** A visit that did not take place; its fee is decided once, so each asks about another. */
const toldVisit = () => byAct(all.shell, all.home.thea, all.home.chart, 'cancellation-told.v1', { visit: id(), type: 'medicine', number: 1, startsAt: '2026-11-20T17:00:00.000Z', outcome: 'no-show', by: 'patient', reason: 'other', words: '', knownAt: '2026-11-20T17:30:00.000Z' })
/** Something typed from paper on the one chart, once. */
let transcription: string | undefined
const typed = async () => (transcription ??= await byAct(all.shell, all.home.thea, all.home.chart, 'session-transcribed.v1', { wrote: 'Mona Sample', why: 'No power.', edition: 'test', lines: [{ entry: session, by: '' }], unmet: [] }, { session }))
const chartBy = ({ practice }: Actor) => (practice === all.away.practice ? all.away.chart : all.home.chart)
/** A group in whoever’s practice it is, with one patient in it; whoever asks leads it. */
async function aGroup(actor: Actor): Promise<string> {
  const [group, practice] = [id(), actor.practice ?? all.home.practice]
  await all.admin.query(`insert into app.care_group (practice_id, group_id, name, kind, open, made_at) values ($1, $2, 'Tuesday group', 'group', true, 'x')`, [practice, group])
  await all.admin.query(`insert into app.care_group_member (practice_id, group_id, chart_id, since) values ($1, $2, $3, 'x')`, [practice, group, chartBy(actor)])
  if (actor.person) await all.admin.query(`insert into app.care_group_leader (practice_id, group_id, person_id) values ($1, $2, $3)`, [practice, group, actor.person])
  return group
}
async function aGroupVisit(actor: Actor): Promise<{ group: string; visit: string }> {
  const [group, visit] = [await aGroup(actor), id()]
  const [chart, who] = actor.practice === all.away.practice ? [all.away.chart, all.away.therapist] : [all.home.chart, all.home.thea]
  await byAct(all.shell, who, chart, 'visits-booked.v1', { visits: [{ ...aVisit(), visit, group: { id: group, name: 'Tuesday group' } }], why: '' })
  return { group, visit }
}
/** Everybody takes away their own. */
async function ownCalendar({ practice, person }: Actor): Promise<string> {
  const calendar = id()
  if (person) await all.admin.query(`insert into app.outer_calendar (practice_id, calendar_id, person_id, label, added_at) values ($1, $2, $3, 'Home', 'x')`, [practice, calendar, person])
  return calendar
}
/** Inquiries belong to a practice: whoever is of another one asks about theirs. */
const ownInquiry = ({ practice }: Actor) => inquiryOf(all, practice === all.away.practice ? all.away.owner : all.home.owner)
/** One in their own practice, of their own or of somebody else there. */
async function aProposal({ practice, person }: Actor, own = false): Promise<string> {
  const [home, proposal] = [practice === all.away.practice ? all.away.practice : all.home.practice, id()]
  const other = home === all.away.practice ? [all.away.owner, all.away.therapist] : [all.home.dina, all.home.owner]
  const by = own && person && practice ? person : other.find((one) => one.person !== person)!.person
  await all.admin.query(`insert into app.edition_proposal (practice_id, proposal_id, content, content_sha256, proposed_by, proposed_at) values ($1, $2, '{}', encode(sha256('{}'), 'hex'), $3, 'x')`, [home, proposal, by])
  return proposal
}

const expected = (name: RouteName, { standings, roles, practice, says }: Actor) =>
  says.startsWith('somebody half') ? false : mayAny(contract[name].who as Operation, onChart(name) ? standings : practice ? [{ relation: 'practice', roles }] : [])

async function asked(name: RouteName, actor: Actor, chart = all.home.chart) {
  const request = await REQUESTS[name]!(actor)
  return { ...request, ...(onChart(name) ? { params: { ...request.params, chart } } : {}) }
}

async function auditOf({ practice, person }: Actor): Promise<number> {
  const { rows } = await all.admin.query<{ n: number }>(`select count(*)::int as n from app.audit where practice_id = $1 and person_id = $2 and outcome = 'refused'`, [practice, person])
  return rows[0]!.n
}

test('every guarded route is walked, and nobody is left out', () => {
  expect(guarded.filter((name) => !REQUESTS[name])).toEqual([])
  expect(guarded.length).toBeGreaterThan(35)
  expect(all.actors).toHaveLength(19)
})

describe.each(guarded)('%s', (name) => {
  test('lets in whom the policy names, and nobody else', { timeout: 60_000 }, async () => {
    const wrong: string[] = []
    let stirred = true
    for (const actor of all.actors) {
      const may = expected(name, actor)
      const request = await asked(name, actor)
      const before = may ? undefined : await settled(all, stirred)
      stirred = may
      const refusals = may || !actor.person ? 0 : await auditOf(actor)
      const answer = await ask(all, name, actor.token, request)
      const shut = [401, 403, 404].includes(answer.statusCode)
      if (may === shut || answer.statusCode >= 500) wrong.push(`${actor.says}: ${may ? 'may' : 'may not'}, and got ${answer.statusCode} ${answer.body.slice(0, 300)}`)
      if (may) continue
      if (!actor.person && answer.statusCode !== 401) wrong.push(`${actor.says}: not known, and got ${answer.statusCode}`)
      const changed = Object.entries(await fingerprint(all.admin)).flatMap(([table, print]) => (print === before?.[table] ? [] : [table]))
      if (changed.length > 0) wrong.push(`${actor.says}: was refused and changed ${changed.join(', ')}`)
      if (actor.person && !actor.says.startsWith('somebody half') && (await auditOf(actor)) !== refusals + 1) wrong.push(`${actor.says}: was refused without an audit line`)
    }
    expect(wrong).toEqual([])
  })
})

describe('"not yours" and "not there" answer alike', () => {
  test.each(guarded.filter(onChart))('%s', async (name) => {
    for (const actor of all.actors.filter(({ standings, person, says }) => person && standings.length === 0 && !says.startsWith('somebody half'))) {
      const charts = [all.home.chart, all.away.chart, all.otherChart, id()].filter((chart) => !(chart === all.away.chart && actor.practice === all.away.practice) && !(chart === all.otherChart && /^another patient|^therapist off/.test(actor.says)))
      const answers: string[] = []
      for (const chart of charts) {
        const { statusCode, body } = await ask(all, name, actor.token, await asked(name, actor, chart))
        answers.push(`${statusCode} ${body}`)
      }
      expect([...new Set(answers)], actor.says).toEqual([answers[0]])
      expect(answers[0]).toMatch(/^404 .*chart\.unseen/)
    }
  })
})

test('the live stream lets in whom the policy names, and answers the others as every route does', async () => {
  for (const actor of all.actors.filter(({ standings }) => !mayAny('chart.read', standings))) {
    const answers = await Promise.all([all.home.chart, id()].map((chart) => all.app.inject({ url: `/api/charts/${chart}/live`, cookies: actor.token ? { openkap: actor.token } : {} })))
    expect(answers.map(({ statusCode }) => statusCode), actor.says).toEqual(actor.person && !actor.says.startsWith('somebody half') ? [404, 404] : [401, 401])
    expect(answers[0]!.body).toBe(answers[1]!.body)
  }
})

test('routes for anybody signed in refuse everybody who is not', async () => {
  const open = routeNames.filter((name) => (contract[name] as Route).who === 'signed-in')
  expect(open.length).toBeGreaterThan(5)
  for (const name of open) {
    for (const actor of all.actors.filter(({ roles }) => roles.length === 0)) {
      const { statusCode } = await ask(all, name, actor.token, { params: { id: id() }, body: { pin: '1234' } })
      expect(statusCode, `${name}: ${actor.says}`).toBe(401)
    }
  }
})
