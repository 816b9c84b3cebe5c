import { z } from 'zod'
import { roles } from '../access/roles.ts'
import { ownReasons } from '../money/late-fee.ts'
import { bookedVisit, cancelReasons, visitType } from '../chart/kinds/aftercare.ts'
import { seriesRule } from '../chart/kinds/series-rule.ts'
import { whereabouts } from '../chart/kinds/where.ts'
import { keptWords } from '../scheduling/promise-kept.ts'
import { route } from './route.ts'

const chartId = z.object({ chart: z.uuid() })
const done = z.object({ done: z.literal(true) })
export const preferences = z.object({
  conditions: z.array(z.string().max(80)).max(20).default([]), approaches: z.array(z.string().max(80)).max(20).default([]), modality: z.enum(['online', 'in-person', 'either']).default('either'),
  days: z.array(z.int().min(1).max(7)).max(7).default([]), partOfDay: z.array(z.enum(['morning', 'afternoon', 'evening'])).max(3).default([]),
  language: z.string().max(20).default('en'), therapistWish: z.string().max(400).default(''), currentClient: z.boolean().default(false),
  /** Where they live and would sit for a visit online; empty where it was not asked. */
  sitsIn: z.union([whereabouts, z.literal('')]).default(''),
})
export const inquiryRow = z.object({
  id: z.uuid(), receivedAt: z.string(), name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), message: z.string(), preferences,
  precheck: z.record(z.string(), z.string()).nullable(), state: z.enum(['new', 'called', 'matched', 'closed']), ageDays: z.number(), firstVisitDueBy: z.string(), chart: z.uuid().nullable(),
  /** Whom a danger heard on the call was told to, and who of them has acknowledged it. */
  crisis: z.array(z.object({ name: z.string(), toldAt: z.string(), acknowledgedAt: z.string().nullable() })).optional(),
  call: z.object({ startedAt: z.string(), endedAt: z.string().nullable(), answers: z.record(z.string(), z.string()), outcome: z.string().nullable(), note: z.string() }).nullable(),
  /** Whether a time that fits was free within the promise when the calendars were last looked through; null for whoever waits for no visit. */
  outlook: z.object({ state: z.enum(['in-time', 'late', 'none', 'over', 'unknown']), on: z.iso.date().nullable(), gives: z.array(z.object({ what: z.enum(['times', 'language', 'place', 'who']), on: z.iso.date() })), lookedAt: z.string().nullable() }).nullable().optional(),
})
export type InquiryRow = z.infer<typeof inquiryRow>
const slot = z.object({ startsAt: z.string(), endsAt: z.string(), localStart: z.string(), zone: z.string(), room: z.object({ id: z.uuid(), name: z.string() }).optional(), online: z.boolean() })
export const shortlistRow = z.object({ therapist: z.uuid(), name: z.string(), credentials: z.string(), about: z.string(), score: z.int(), for: z.array(z.string()), against: z.array(z.string()), slots: z.array(slot) })
export type ShortlistRow = z.infer<typeof shortlistRow>
export const wishes = z.object({
  earliest: z.iso.date(), days: z.record(z.string(), z.array(z.int().min(1).max(7))).default({}), hard: z.boolean().default(false),
  from: z.string().regex(/^\d\d:\d\d$/).optional(), to: z.string().regex(/^\d\d:\d\d$/).optional(), blackout: z.array(z.iso.date()).max(200).default([]), online: z.array(z.string()).default([]),
  /** Where the patient will sit for visits online; as the chart says where it is left out. */
  sitsIn: whereabouts.optional(),
  /** What whoever fills a role has to bring: a training or a language, as staff have entered it. */
  needs: z.array(z.object({ role: z.enum(['therapist', 'prescriber', 'monitor']), skill: z.string().trim().min(1).max(80) })).max(20).default([]),
})
export type Wishes = z.infer<typeof wishes>
/** Nothing wished for. */
export const noWishes = (earliest: string, online: readonly string[] = []): Wishes => ({ earliest, days: {}, hard: false, blackout: [], online: [...online], needs: [] })
export const proposal = z.object({ id: z.string(), visits: z.array(bookedVisit), score: z.array(z.object({ part: z.string(), says: z.string(), points: z.number() })), finishesOn: z.string() })
export type ProposalRow = z.infer<typeof proposal>
const reason = z.object({ code: z.string(), says: z.string() })
/** Hours hold everywhere, or only online, or only in person, there perhaps at one of the places the rooms are in. */
const where = { place: z.enum(['online', 'in-person']).optional(), location: z.string().trim().min(1).max(80).optional() }
const minutes = z.int().min(0).max(240)
/** What planning has to know of somebody beside their hours. A licence without an end is good until somebody gives it one. */
export const staffPlanning = z.object({
  buffers: z.array(z.object({ type: visitType, beforeMin: minutes, afterMin: minutes })).max(20).default([]), mostDosingPerDay: z.int().min(0).max(12).nullable().default(null),
  skills: z.array(z.string().trim().min(1).max(80)).max(40).default([]), licences: z.array(z.object({ state: z.string().trim().min(2).max(40), number: z.string().trim().max(60).default(''), until: z.iso.date().nullable() })).max(60).default([]),
})
export type StaffPlanning = z.infer<typeof staffPlanning>
export const roomPlanning = z.object({ location: z.string().trim().max(80).default(''), capacity: z.int().min(1).max(60).default(1), turnoverMin: minutes.default(0), featuresUntil: z.record(z.string().max(60), z.iso.date()).default({}) })
export const staffRow = z.object({
  person: z.uuid(), name: z.string(), givenName: z.string(), familyName: z.string(), email: z.string().nullable(), roles: z.array(z.enum(roles)), active: z.boolean(), credentials: z.string(), npi: z.string().nullable(), licence: z.string().nullable(), licensedNurse: z.boolean(),
  conditions: z.array(z.string()), modalities: z.array(z.string()), languages: z.array(z.string()), online: z.boolean(), inPerson: z.boolean(), accepting: z.boolean(), about: z.string(), capacity: z.int(),
  weekly: z.array(z.object({ weekday: z.int().min(1).max(7), from: z.string(), to: z.string(), ...where })), exceptions: z.array(z.object({ day: z.string(), off: z.boolean(), from: z.string().optional(), to: z.string().optional() })), planning: staffPlanning,
})
export const keptStaff = staffRow.omit({ name: true }).partial({ planning: true })
export type KeptStaff = z.infer<typeof keptStaff>
export type StaffRow = z.infer<typeof staffRow>
export const roomRow = z.object({ id: z.uuid(), name: z.string(), features: z.array(z.string()), dosing: z.boolean(), planning: roomPlanning })
export type RoomRow = z.infer<typeof roomRow>
/** A page from before planning asked for more says nothing of it: then what stands stays. */
export const keptRoom = roomRow.partial({ planning: true })
export type KeptRoom = z.infer<typeof keptRoom>
export const feeRow = z.object({ id: z.uuid(), visitType: z.string(), code: z.string(), descriptor: z.string(), modifier: z.string(), placeOfService: z.string(), unitsPerVisit: z.int(), chargeCents: z.int(), demonstration: z.boolean() })
export type FeeRow = z.infer<typeof feeRow>
/** Whole days on which the practice is closed, both ends included. */
export const closing = z.object({ from: z.iso.date(), to: z.iso.date(), name: z.string().trim().min(1).max(120) }).refine(({ from, to }) => from <= to, 'The last day lies before the first.')
export type ClosingRow = z.infer<typeof closing>
export const calendarVisit = bookedVisit.extend({ patients: z.array(z.object({ chart: z.uuid().nullable(), name: z.string() })), takes: z.array(z.object({ id: z.uuid(), startsAt: z.string(), endsAt: z.string() })), heldUntil: z.string().optional() })

/** Where one visit could stand on one day, start by start, and why it could not at the others. `alone` says that nothing else of the course has to change for it. */
const placesOn = z.object({
  day: z.iso.date(),
  free: z.array(z.object({ localStart: z.string(), startsAt: z.string(), endsAt: z.string(), room: z.object({ id: z.uuid(), name: z.string() }).optional(), people: bookedVisit.shape.people, alone: z.boolean() })),
  refused: z.array(z.object({ from: z.string(), to: z.string(), says: z.array(z.string()) })),
})
export type PlacesOnDay = z.infer<typeof placesOn>
/** Each day is worked out start by start, so that a question is about a fortnight at most. */
const MOST_DAYS_MS = 13 * 86_400_000
const days = z.object({ from: z.iso.date(), to: z.iso.date() }).refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= MOST_DAYS_MS, 'Ask for a fortnight at most, its first day first.')

const lateFee = z.object({ told: z.uuid(), type: visitType, number: z.int(), startsAt: z.string(), outcome: z.enum(['cancelled', 'no-show']), by: z.enum(['patient', 'practice']), reason: z.enum(cancelReasons), words: z.string(), knownAt: z.string(), amountCents: z.int().nullable(), says: z.string() })
export type LateFeeRow = z.infer<typeof lateFee>

/** One change of visits that the patient was told of or asked about, and how its message fared: null where it has not gone out yet. */
const toldChange = z.object({
  told: z.uuid(), at: z.string(), way: z.enum(['asked', 'moved', 'cancelled']), until: z.string().nullable(), state: z.enum(['told', 'waiting', 'agreed', 'declined', 'lost', 'lapsed', 'overtaken', 'taken-back', 'settled']),
  changes: z.array(z.object({ from: bookedVisit, to: bookedVisit.optional() })), answeredAt: z.string().nullable(), message: z.enum(['sent', 'failed', 'unreachable', 'not-wanted', 'not-needed']).nullable(),
})
export type ToldChangeRow = z.infer<typeof toldChange>

/** A move that waits for the patient's yes, on a calendar that shows one of its held places. */
const waitingMove = z.object({ chart: z.uuid(), name: z.string(), told: z.uuid(), at: z.string(), until: z.string(), changes: z.array(z.object({ from: bookedVisit, to: bookedVisit })) })
export type WaitingMove = z.infer<typeof waitingMove>

/** An hour as a wall shows it, and which wall: no moment until both are read together. */
export const wallTime = z.object({ localStart: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/), zone: z.string().max(60) })

/** How somebody wants to be reminded of visits. */
const remindedBy = z.enum(['mail', 'text', 'none'])

export const running = {
  inquiries: route({ method: 'GET', path: '/api/inquiries', who: 'inquiry.work', audit: 'inquiries.read', response: z.object({ inquiries: z.array(inquiryRow) }) }),
  logCall: route({ method: 'POST', path: '/api/inquiries/:id/call', who: 'inquiry.work', audit: 'inquiry.call', params: z.object({ id: z.uuid() }), body: z.object({ startedAt: z.string(), endedAt: z.string().nullable(), answers: z.record(z.string().max(80), z.string().max(2000)), outcome: z.enum(['goes-on', 'not-now', 'referred-elsewhere', 'no-answer', 'crisis']).nullable(), note: z.string().max(4000), preferences: preferences.optional() }), response: inquiryRow }),
  shortlist: route({ method: 'GET', path: '/api/inquiries/:id/shortlist', who: 'inquiry.work', audit: 'inquiry.shortlist', params: z.object({ id: z.uuid() }), response: z.object({ therapists: z.array(shortlistRow), notOffered: z.array(z.object({ therapist: z.uuid(), name: z.string(), says: z.string() })) }) }),
  /** Why nothing that fits is free by the promised day, as the planner says it. */
  whyNotInTime: route({ method: 'GET', path: '/api/inquiries/:id/why-not-in-time', who: 'inquiry.work', audit: 'inquiry.why-not-in-time', params: z.object({ id: z.uuid() }), response: z.object({ reasons: z.array(z.string()) }) }),
  /** Of the last inquiries, how many had their first visit within the promise, and what became of the others. */
  firstVisitsKept: route({ method: 'GET', path: '/api/first-visits/kept', who: 'practice.keep', audit: 'first-visits.counted', response: z.object({ withinDays: z.int(), last: z.int(), counts: z.array(z.object({ what: z.enum(keptWords), count: z.int() })) }) }),
  /** The person's choice: opens the chart, or goes on with the one that exists when somebody comes back, puts the therapist on the team, and books the first visit, all or nothing. */
  match: route({ method: 'POST', path: '/api/inquiries/:id/match', who: 'inquiry.work', audit: 'inquiry.matched', params: z.object({ id: z.uuid() }), body: z.object({ therapist: z.uuid(), slot, givenName: z.string().trim().min(1).max(100), familyName: z.string().trim().min(1).max(100), birthDate: z.iso.date(), email: z.email().max(254), phone: z.string().max(40).optional(), device: z.uuid(), existing: z.uuid().optional() }), response: z.object({ chart: z.uuid(), visit: z.uuid() }) }),
  closeInquiry: route({ method: 'POST', path: '/api/inquiries/:id/close', who: 'inquiry.work', audit: 'inquiry.closed', params: z.object({ id: z.uuid() }), body: z.object({ why: z.string().trim().min(3).max(1000) }), response: done }),
  /** `elsewhere`: when people are busy by their own calendars, and nothing more of it. */
  calendar: route({ method: 'GET', path: '/api/calendar', who: 'calendar.read', audit: 'calendar.read', query: z.object({ from: z.iso.date(), to: z.iso.date() }), response: z.object({ visits: z.array(calendarVisit), people: z.array(z.object({ person: z.uuid(), name: z.string(), roles: z.array(z.enum(roles)) })), rooms: z.array(roomRow), elsewhere: z.array(z.object({ person: z.uuid(), startsAt: z.string(), endsAt: z.string() })), closings: z.array(closing), waiting: z.array(waitingMove), zone: z.string() }) }),
  plan: route({ method: 'POST', path: '/api/charts/:chart/plan', who: 'plan.propose', audit: 'plan.proposed', params: chartId, body: wishes, response: z.object({ proposals: z.array(proposal), impossible: z.array(reason) }) }),
  explainDay: route({ method: 'POST', path: '/api/charts/:chart/plan/explain', who: 'plan.propose', audit: null, params: chartId, body: z.object({ day: z.iso.date(), type: z.string().max(40), wishes }), response: z.object({ reasons: z.array(reason) }) }),
  book: route({ method: 'POST', path: '/api/charts/:chart/plan/book', who: 'plan.book', audit: 'plan.booked', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), visits: z.array(bookedVisit).min(1).max(80), why: z.string().max(1000).default(''), needs: wishes.shape.needs }), response: z.object({ booked: z.int() }) }),
  /** Where a further session that was accepted and signed could go, with what belongs to it. `until`: later than the days that were signed, where somebody looks beyond them. */
  planAccepted: route({ method: 'POST', path: '/api/charts/:chart/accepted/plan', who: 'plan.propose', audit: 'plan.proposed', params: chartId, body: z.object({ until: z.iso.date().optional() }), response: z.object({ what: z.enum(['maintenance', 'consult', 'integration']), from: z.iso.date(), to: z.iso.date(), proposals: z.array(proposal), impossible: z.array(reason) }) }),
  /** All that belongs to it, or nothing. */
  bookAccepted: route({ method: 'POST', path: '/api/charts/:chart/accepted/book', who: 'plan.book', audit: 'plan.booked', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), visits: z.array(bookedVisit).min(1).max(8), why: z.string().max(1000).default(''), until: z.iso.date().optional() }), response: z.object({ booked: z.int() }) }),
  hold: route({ method: 'POST', path: '/api/charts/:chart/plan/hold', who: 'plan.book', audit: 'plan.held', params: chartId, body: z.object({ visits: z.array(bookedVisit).min(1).max(80), hours: z.int().min(1).max(72).default(24), needs: wishes.shape.needs }), response: z.object({ until: z.string() }) }),
  held: route({ method: 'GET', path: '/api/charts/:chart/plan/held', who: 'plan.propose', audit: 'plan.held-read', params: chartId, response: z.object({ hold: z.object({ until: z.string(), by: z.string(), visits: z.array(bookedVisit) }).nullable() }) }),
  letGo: route({ method: 'POST', path: '/api/charts/:chart/plan/let-go', who: 'plan.book', audit: 'plan.let-go', params: chartId, response: done }),
  proposeMove: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/repair', who: 'plan.propose', audit: 'plan.repair-proposed', params: chartId.extend({ visit: z.uuid() }), body: z.object({ to: wallTime.optional(), room: z.uuid().optional(), wishes }), response: z.object({ moves: z.array(z.object({ from: bookedVisit, to: bookedVisit, why: z.string() })), impossible: z.array(reason) }) }),
  /** Every start of some days at which a booked visit could stand, for whoever carries it there by hand. Nothing is changed by asking. */
  places: route({ method: 'GET', path: '/api/charts/:chart/visits/:visit/places', who: 'plan.propose', audit: 'plan.places-read', params: chartId.extend({ visit: z.uuid() }), query: days, response: z.object({ days: z.array(placesOn), impossible: z.array(reason) }) }),
  move: route({ method: 'POST', path: '/api/charts/:chart/visits/move', who: 'plan.book', audit: 'visits.moved', params: chartId, body: z.object({ device: z.uuid(), moves: z.array(z.object({ id: z.uuid(), to: bookedVisit, why: z.string().max(1000) })).min(1).max(80) }), response: done }),
  /** The same, asked first: the new times are held, the old ones stay booked until the patient says yes by a link of theirs. */
  askMoves: route({ method: 'POST', path: '/api/charts/:chart/visits/ask', who: 'plan.book', audit: 'visits.asked', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), hours: z.int().min(1).max(72).default(24), moves: z.array(z.object({ to: bookedVisit, why: z.string().max(1000) })).min(1).max(80), therapy: z.object({ series: z.uuid(), rule: seriesRule, plannedTo: z.iso.date() }).optional() }), response: z.object({ until: z.string() }) }),
  /** What the patient was told of or asked about, newest first, and how each stands. */
  changes: route({ method: 'GET', path: '/api/charts/:chart/changes', who: 'plan.propose', audit: 'changes.read', params: chartId, response: z.object({ changes: z.array(toldChange) }) }),
  settleChange: route({ method: 'POST', path: '/api/charts/:chart/changes/:told', who: 'plan.book', audit: 'change.settled', params: chartId.extend({ told: z.uuid() }), body: z.object({ id: z.uuid(), device: z.uuid(), how: z.enum(['taken-back', 'settled']), words: z.string().trim().max(1000).default('') }), response: done }),
  cancelVisit: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/cancel', who: 'plan.book', audit: 'visit.cancelled', params: chartId.extend({ visit: z.uuid() }), body: z.object({ id: z.uuid(), device: z.uuid(), why: z.string().trim().min(3).max(1000), told: z.object({ reason: z.enum(cancelReasons), by: z.enum(['patient', 'practice']), knownAt: z.iso.datetime({ precision: 3 }).optional() }).optional() }), response: done }),
  /** The time has come and nobody was there. The visit is open to be planned again. */
  noShow: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/no-show', who: 'plan.book', audit: 'visit.no-show', params: chartId.extend({ visit: z.uuid() }), body: z.object({ id: z.uuid(), device: z.uuid(), words: z.string().trim().max(1000).default('') }), response: done }),
  /** Several coming visits in one act, all or none, with the words in which the patient is told. */
  cancelVisits: route({ method: 'POST', path: '/api/charts/:chart/visits/cancel', who: 'plan.book', audit: 'visits.cancelled', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), visits: z.array(z.uuid()).min(1).max(80), why: z.string().trim().min(3).max(1000), message: z.string().trim().min(3).max(4000) }), response: done }),
  reminded: route({ method: 'GET', path: '/api/charts/:chart/reminders', who: 'reminders.choose', audit: 'reminders.read', params: chartId, response: z.object({ by: remindedBy.nullable(), on: z.boolean(), mail: z.boolean(), text: z.boolean() }) }),
  keepReminded: route({ method: 'POST', path: '/api/charts/:chart/reminders', who: 'reminders.choose', audit: 'reminders.chosen', params: chartId, body: z.object({ by: remindedBy }), response: done }),
  /** Where a patient's own visit may go while nothing else moves, and whether they move it themselves or ask. */
  ownSlots: route({ method: 'GET', path: '/api/charts/:chart/visits/:visit/own-slots', who: 'visit.own-move', audit: 'visit.own-slots-read', params: chartId.extend({ visit: z.uuid() }), response: z.object({ how: z.enum(['themselves', 'asked', 'not']), why: z.enum(['over', 'too-late', 'by-the-practice', 'together']).nullable(), noticeHours: z.int(), slots: z.array(bookedVisit) }) }),
  ownMove: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/own-move', who: 'visit.own-move', audit: 'visit.own-moved', params: chartId.extend({ visit: z.uuid() }), body: z.object({ id: z.uuid(), device: z.uuid(), startsAt: z.iso.datetime({ precision: 3 }), words: z.string().trim().max(1000).default('') }), response: z.object({ state: z.enum(['moved', 'asked']) }) }),
  /** What patients ask to have moved, each with everything that would have to move with it. */
  askedMoves: route({ method: 'GET', path: '/api/charts/:chart/moves-asked', who: 'plan.propose', audit: 'moves.asked-read', params: chartId, response: z.object({ asked: z.array(z.object({ id: z.uuid(), at: z.string(), words: z.string(), from: bookedVisit, to: bookedVisit, moves: z.array(z.object({ from: bookedVisit, to: bookedVisit, why: z.string() })), impossible: z.array(reason) })) }) }),
  answerMove: route({ method: 'POST', path: '/api/charts/:chart/moves-asked/:asked', who: 'plan.book', audit: 'move.answered', params: chartId.extend({ asked: z.uuid() }), body: z.discriminatedUnion('answer', [
    z.object({ answer: z.literal('yes'), id: z.uuid(), device: z.uuid(), words: z.string().trim().max(1000).default(''), moves: z.array(z.object({ id: z.uuid(), to: bookedVisit, why: z.string().max(1000) })).min(1).max(80) }),
    z.object({ answer: z.literal('no'), id: z.uuid(), device: z.uuid(), words: z.string().trim().min(3).max(1000) }),
  ]), response: done }),
  /** What cancelling now may cost, said before somebody does. `amountCents` is null where a fee applies and the price is not known. */
  ownFee: route({ method: 'GET', path: '/api/charts/:chart/visits/:visit/own-fee', who: 'visit.own-move', audit: 'visit.own-fee-read', params: chartId.extend({ visit: z.uuid() }), response: z.object({ applies: z.boolean(), amountCents: z.int().nullable(), freeUntil: z.string().nullable() }) }),
  ownCancel: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/own-cancel', who: 'visit.own-move', audit: 'visit.own-cancelled', params: chartId.extend({ visit: z.uuid() }), body: z.object({ id: z.uuid(), device: z.uuid(), reason: z.enum(ownReasons), words: z.string().trim().max(1000).default('') }), response: done }),
  /** What the practice's rule proposes after late cancellations, decided by nobody yet, and what was decided. */
  lateFees: route({ method: 'GET', path: '/api/charts/:chart/late-fees', who: 'superbill.issue', audit: 'late-fees.read', params: chartId, response: z.object({ open: z.array(lateFee), decided: z.array(lateFee.extend({ decision: z.enum(['charged', 'waived']), why: z.string(), at: z.string() })) }) }),
  decideLateFee: route({ method: 'POST', path: '/api/charts/:chart/late-fees/:told', who: 'superbill.issue', audit: 'late-fee.decided', params: chartId.extend({ told: z.uuid() }), body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('charged'), id: z.uuid(), device: z.uuid(), amountCents: z.int().min(1) }), z.object({ decision: z.literal('waived'), id: z.uuid(), device: z.uuid(), why: z.string().trim().min(3).max(1000) }),
  ]), response: done }),
  estimate: route({ method: 'GET', path: '/api/charts/:chart/estimate', who: 'money.read', audit: 'estimate.read', params: chartId, response: z.object({ estimate: z.unknown() }) }),
  giveEstimate: route({ method: 'POST', path: '/api/charts/:chart/estimate', who: 'estimate.give', audit: 'estimate.given', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid() }), response: z.object({ document: z.uuid() }) }),
  billable: route({ method: 'GET', path: '/api/charts/:chart/superbills', who: 'money.read', audit: 'superbills.read', params: chartId, response: z.object({ issued: z.array(z.object({ number: z.string(), visit: z.uuid(), totalCents: z.int(), document: z.uuid(), at: z.string() })), waiting: z.array(bookedVisit) }) }),
  issueSuperbill: route({ method: 'POST', path: '/api/charts/:chart/superbills', who: 'superbill.issue', audit: 'superbill.issued', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), visit: z.uuid() }), response: z.object({ number: z.string(), document: z.uuid(), problems: z.array(z.string()) }) }),
  /** A paper for an employer or a school, printed anew each time and kept nowhere. */
  workNote: route({ method: 'POST', path: '/api/charts/:chart/work-note', who: 'work-note.make', audit: 'work-note.made', params: chartId, body: z.object({ visits: z.array(z.uuid()).min(1).max(80), driving: z.boolean() }), response: z.unknown() }),
  document: route({ method: 'GET', path: '/api/charts/:chart/documents/:document', who: 'document.read', audit: 'document.read', params: chartId.extend({ document: z.uuid() }), response: z.unknown() }),
  documents: route({ method: 'GET', path: '/api/charts/:chart/documents', who: 'document.read', audit: 'documents.read', params: chartId, response: z.object({ documents: z.array(z.object({ id: z.uuid(), title: z.string(), mediaType: z.string(), at: z.string() })) }) }),
  practice: route({ method: 'GET', path: '/api/practice', who: 'signed-in', audit: null, response: z.object({ name: z.string(), zone: z.string(), settings: z.record(z.string(), z.unknown()), closings: z.array(closing), staff: z.array(staffRow), rooms: z.array(roomRow), fees: z.array(feeRow) }) }),
  keepPractice: route({ method: 'POST', path: '/api/practice', who: 'practice.keep', audit: 'practice.kept', body: z.object({ name: z.string().trim().min(1).max(200), zone: z.string().max(60), settings: z.record(z.string(), z.unknown()) }), response: done }),
  keepStaff: route({ method: 'POST', path: '/api/practice/staff', who: 'practice.keep', audit: 'staff.kept', body: keptStaff, response: done }),
  /** Some days more and some fewer, so that two people who edit at once lose nothing of each other's. Says how many visits stand on days that are closed. */
  keepClosings: route({ method: 'POST', path: '/api/practice/closings', who: 'closings.keep', audit: 'closings.kept', body: z.object({ add: z.array(closing).max(100).default([]), remove: z.array(closing).max(100).default([]) }), response: z.object({ closings: z.array(closing), standing: z.int() }) }),
  /** A link with which somebody chooses a password: mailed, and shown to the owner to hand over where no mail goes out. */
  inviteStaff: route({ method: 'POST', path: '/api/practice/staff/:person/invite', who: 'practice.keep', audit: 'staff.invited', params: z.object({ person: z.uuid() }), body: z.object({}).strict(), response: z.object({ link: z.string(), until: z.string() }) }),
  keepRoom: route({ method: 'POST', path: '/api/practice/rooms', who: 'practice.keep', audit: 'room.kept', body: keptRoom, response: done }),
  keepFee: route({ method: 'POST', path: '/api/practice/fees', who: 'practice.keep', audit: 'fee.kept', body: feeRow, response: done }),
  adoptProtocol: route({ method: 'POST', path: '/api/practice/protocols', who: 'rulebook.adopt', audit: 'protocol.adopted', body: z.object({ protocol: z.string().max(80), code: z.string().regex(/^\d{6}$/) }), response: done }),
} as const
