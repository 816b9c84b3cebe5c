import { z } from 'zod'
import { roles } from '../access/roles.ts'
import { bookedVisit } from '../chart/kinds/aftercare.ts'
import { whereabouts } from '../chart/kinds/where.ts'
import { aftercareKinds } from '../chart/kinds/aftercare.ts'
import { clearanceKinds, routeOfDose } from '../chart/kinds/clearance.ts'
import { homeAlarm } from './on-call.ts'
import { route } from './route.ts'

const chartId = z.object({ chart: z.uuid() })
const instant = z.iso.datetime({ precision: 3 })
/** Bodies are judged by the table of kinds, kind by kind, after this outer shape. */
export const entryDraft = z.object({
  id: z.uuid(), kind: z.string().max(60), at: instant, writtenAt: instant, device: z.uuid(),
  session: z.uuid().optional(), amends: z.uuid().optional(), body: z.record(z.string(), z.unknown()),
})
export const storedEntry = entryDraft.extend({ by: z.uuid(), seq: z.int(), receivedAt: instant, digest: z.string() })
const stored = z.object({ stored: z.array(z.object({ id: z.uuid(), seq: z.int(), digest: z.string(), receivedAt: instant, again: z.boolean().optional() })) })
const entries = z.object({ entries: z.array(storedEntry), lastSeq: z.int() })
/** `by`: who wrote them, as the device knows it. Where somebody else has signed in on that browser since, they are not theirs to sign. */
const batch = z.object({ by: z.uuid().optional(), entries: z.array(entryDraft).min(1).max(500) })
const after = z.object({ after: z.coerce.number().int().min(0).default(0), newest: z.coerce.number().int().min(1).max(1000).optional() })
const code = z.string().regex(/^\d{6}$/)
const wrote = z.object({ entry: storedEntry })

export const teamMember = z.object({ person: z.uuid(), name: z.string(), role: z.enum(roles), credentials: z.string() })
export const chartHead = z.object({
  chart: z.uuid(), name: z.string(), birthDate: z.string().nullable(), deceasedOn: z.string().nullable(), protocol: z.string().nullable(), lastSeq: z.int(),
  team: z.array(teamMember), myRoles: z.array(z.enum(roles)), patient: z.uuid().nullable(),
})
export type ChartHead = z.infer<typeof chartHead>

/** What one person's row on a home screen says: who, where in the course, what is missing, since when, who acts. */
export const homeRow = z.object({
  chart: z.uuid(), name: z.string(), stage: z.string(), next: z.string(), nextStep: z.string().nullable(), who: z.array(z.enum(roles)), state: z.string(), dueBy: z.string().nullable(), since: z.string().nullable(),
  blocked: z.array(z.string()), risk: z.boolean(), openSession: z.uuid().nullable(), nextVisit: bookedVisit.nullable(), mine: z.boolean(),
  /** What is open about the records of this person's sessions, and who is to see to it. */
  matters: z.array(z.object({ about: z.enum(['paper', 'late', 'spoken']), session: z.uuid(), says: z.string(), owner: z.string().nullable(), mine: z.boolean() })),
  /** What nobody may forget about this person, with whose it is by name and by when. */
  care: z.array(z.object({ about: z.enum(['no-answer', 'relapse', 'integration', 'exposure', 'place-review', 'misuse']), step: z.string(), says: z.string(), owner: z.string().nullable(), dueBy: z.string(), overdue: z.boolean(), mine: z.boolean() })),
  done: z.object({ preparation: z.int(), medicine: z.int(), integration: z.int() }), needed: z.object({ preparation: z.int(), medicine: z.int(), integration: z.int() }),
})
export type HomeRow = z.infer<typeof homeRow>
export const noticeRow = z.object({ id: z.uuid(), chart: z.uuid().nullable(), entry: z.uuid().nullable(), kind: z.string(), says: z.string(), at: z.string(),
  /** The inquiry it is about, where its reader works with it. */
  inquiry: z.uuid().nullable().optional() })

export const runningSession = z.object({
  chart: z.uuid(), session: z.uuid(), name: z.string(), alert: z.object({ level: z.enum(['yellow', 'orange', 'red']), says: z.string(), at: instant, answered: z.boolean() }).nullable(), dueAt: instant.nullable(), firstDoseAt: instant.nullable(), people: z.int(), with: z.array(z.string()), phase: z.string().nullable(), heardAt: instant,
})

/** A question between colleagues that nobody has answered yet, as it stands on the lists of the one who asked and the one who was asked. */
export const homeQuestion = z.object({ chart: z.uuid(), name: z.string(), question: z.uuid(), text: z.string(), from: z.string(), to: z.string(), dueAt: z.string().nullable(), overdue: z.boolean(), mine: z.boolean() })
export type HomeQuestion = z.infer<typeof homeQuestion>

/** A loosened edition of the rulebook that waits for this person's signature: how many figures are looser, or the course it makes. */
const toSign = z.object({ proposal: z.uuid(), by: z.string(), at: z.string(), figures: z.int(), course: z.string().nullable() })

/** What is open before a session of today or tomorrow, each with whose it is. */
const homeBefore = z.object({ chart: z.uuid(), name: z.string(), visit: z.uuid(), startsAt: z.string(), open: z.array(z.object({ about: z.enum(['answers', 'ride', 'alarm', 'reach', 'where']), urgent: z.boolean(), says: z.string(), owner: z.string() })) })
export type HomeBefore = z.infer<typeof homeBefore>

/** A change of visits that the patient said no to, did not answer, or agreed to when the place was gone: a person settles it. */
const homeChange = z.object({ chart: z.uuid(), name: z.string(), told: z.uuid(), at: z.string(), says: z.string() })
export type HomeChange = z.infer<typeof homeChange>

/** What somebody wrote on a device whose access had ended, and nobody has decided about yet: how much, by whom, and between when. */
export const homeQuarantined = z.object({ chart: z.uuid(), name: z.string(), by: z.string(), entries: z.int(), from: z.string(), to: z.string() })

/** Who took a course into use, when, and in which edition of the rulebook. */
const adoption = z.object({ protocol: z.string(), adoptedBy: z.string(), adoptedAt: z.string(), edition: z.string() })

/** Newest first. `before` is the id of the last line one has: every line can be reached, however many there are. */
const auditQuery = z.object({ before: z.string().regex(/^\d{1,18}$/).optional(), limit: z.coerce.number().int().min(1).max(500).default(100), person: z.uuid().optional(), outcome: z.enum(['done', 'refused']).optional(), chart: z.uuid().optional() })
/** `ownReading`: a line that stands there only because the reader reads the audit. It is not left out, and can be told apart. */
export const auditLine = z.object({ id: z.string(), at: z.string(), person: z.uuid().nullable(), who: z.string(), action: z.string(), outcome: z.enum(['done', 'refused']), chart: z.uuid().nullable(), about: z.string().nullable(), mine: z.boolean(), ownReading: z.boolean() })
export type AuditLineRow = z.infer<typeof auditLine>
const auditPage = z.object({ lines: z.array(auditLine), next: z.string().nullable() })

/** A decision about the proposal that the prescriber had before their eyes, with what only they can say. */
const decided = clearanceKinds['dose-decided.v1'].body.shape
const window = decided.window.refine((both) => both === undefined || both[0] <= both[1], 'the window ends before it begins')
const deciding = z.object({
  id: z.uuid(), reason: decided.reason, stated: z.object({ route: routeOfDose.optional(), window, noSideEffects: z.boolean() }),
  seen: z.object({ action: decided.proposal.shape.action, doseUg: decided.proposal.shape.doseUg, after: decided.after }),
})

/** One look through the emergency kit of a room: when, by whom, and what was there. Nothing of the chart it stands on. */
const roomLook = z.object({ at: z.string(), person: z.uuid(), name: z.string(), items: z.array(z.object({ item: z.string(), present: z.boolean() })), earliestExpiry: z.string() })
export type RoomLook = z.infer<typeof roomLook>

export const charting = {
  home: route({ method: 'GET', path: '/api/home', who: 'signed-in', audit: 'home.read', response: z.object({ now: z.string(), rows: z.array(homeRow), notices: z.array(noticeRow), alarms: z.array(homeAlarm), before: z.array(homeBefore), changes: z.array(homeChange), questions: z.array(homeQuestion), toSign: z.array(toSign), quarantined: z.array(homeQuarantined), spokenToMyself: z.array(z.object({ chart: z.uuid(), name: z.string(), count: z.int() })), inquiries: z.object({ waiting: z.int(), oldestDays: z.number().nullable() }).nullable(), medicine: z.object({ open: z.int(), toSign: z.int(), since: z.string(), says: z.string() }).nullable(), today: z.array(bookedVisit.extend({ patients: z.array(z.object({ chart: z.uuid(), name: z.string() })) })) }) }),
  /** What was said to this person and not seen to: asked again whenever they are nudged. */
  notices: route({ method: 'GET', path: '/api/notices', who: 'signed-in', audit: null, background: true, response: z.object({ now: z.string(), notices: z.array(noticeRow) }) }),
  /** The running sessions of the teams one treats on, for whoever is in another room: asked every few seconds, so it is no act of a person. */
  runningSessions: route({ method: 'GET', path: '/api/sessions/running', who: 'signed-in', audit: null, background: true, response: z.object({ now: z.string(), running: z.array(runningSession) }) }),
  /** `takenBefore`: who had taken over this answer that cannot wait before, in words: nothing is left to do about it. */
  noticeDone: route({ method: 'POST', path: '/api/notices/:id/done', who: 'signed-in', audit: 'notice.done', params: z.object({ id: z.uuid() }), body: z.object({}).strict(), response: z.object({ done: z.literal(true), takenBefore: z.string().nullable() }) }),
  chart: route({ method: 'GET', path: '/api/charts/:chart', who: 'chart.read', audit: 'chart.read', params: chartId, response: chartHead }),
  entries: route({ method: 'GET', path: '/api/charts/:chart/entries', who: 'chart.read', audit: 'entries.read', params: chartId, query: after, response: entries }),
  append: route({ method: 'POST', path: '/api/charts/:chart/entries', who: 'chart.append', audit: 'entries.append', params: chartId, body: batch, response: stored }),
  notes: route({ method: 'GET', path: '/api/charts/:chart/notes', who: 'notes.keep', audit: 'notes.read', params: chartId, query: after, response: entries }),
  keepNote: route({ method: 'POST', path: '/api/charts/:chart/notes', who: 'notes.keep', audit: 'notes.append', params: chartId, body: batch, response: stored }),
  journal: route({ method: 'GET', path: '/api/charts/:chart/journal', who: 'journal.keep', audit: 'journal.read', params: chartId, query: after, response: entries }),
  keepJournal: route({ method: 'POST', path: '/api/charts/:chart/journal', who: 'journal.keep', audit: 'journal.append', params: chartId, body: batch, response: stored }),
  /** What comes next and what blocks it, without the clinical facts behind it: for the desk and the patient. */
  course: route({ method: 'GET', path: '/api/charts/:chart/course', who: 'course.read', audit: 'course.read', params: chartId, response: z.object({ course: z.unknown(), mayPlan: z.object({ may: z.boolean(), says: z.string() }), /** Where they sit for visits online, as it was said last. */ sitsIn: z.object({ state: whereabouts, at: z.string() }).nullable() }) }),
  /** Questionnaires that are open for the person now: since when, what was sent, and by when an answer is there or somebody calls. */
  questionsAsked: route({ method: 'GET', path: '/api/charts/:chart/questions', who: 'course.read', audit: 'course.read', params: chartId, response: z.object({ on: z.boolean(), asked: z.array(z.object({ instrument: z.string(), title: z.string(), since: z.string().nullable(), last: z.object({ at: z.string(), outcome: z.enum(['sent', 'unreachable', 'not-wanted']) }).nullable(), answerBy: z.string().nullable(), late: z.boolean() })) }) }),
  /** Which questionnaires the practice's tablet can be handed over with: what is open first. Of what was begun, only that it was. */
  tabletForms: route({ method: 'GET', path: '/api/charts/:chart/tablet', who: 'tablet.hand', audit: 'course.read', params: chartId, response: z.object({
    name: z.string(), birthDate: z.string().nullable(), forms: z.array(z.object({ instrument: z.string(), title: z.string(), says: z.string(), questions: z.int(), open: z.boolean(), begun: z.boolean() })), rows: z.object({ lifeMin: z.int(), coverMin: z.int() }) }) }),
  /** Hands the tablet over: this sign-in ends, and the address opens these forms, here alone. */
  handTablet: route({ method: 'POST', path: '/api/charts/:chart/tablet', who: 'tablet.hand', audit: 'tablet.handed', params: chartId, body: z.strictObject({ id: z.uuid(), ...aftercareKinds['tablet-handed.v1'].body.shape }), response: z.object({ address: z.string() }) }),
  access: route({ method: 'GET', path: '/api/charts/:chart/access', who: 'access.read', audit: 'access.read', params: chartId, query: auditQuery.omit({ chart: true }), response: auditPage }),
  /** The same for the whole practice, or for one chart of it. */
  audit: route({ method: 'GET', path: '/api/audit', who: 'audit.read', audit: 'audit.read', query: auditQuery, response: auditPage }),
  joinTeam: route({ method: 'POST', path: '/api/charts/:chart/team', who: 'team.change', audit: 'team.joined', params: chartId, body: z.object({ person: z.uuid(), role: z.enum(['therapist', 'prescriber', 'monitor', 'coordinator', 'medical-director']) }), response: z.object({ team: z.array(teamMember) }) }),
  chooseProtocol: route({ method: 'POST', path: '/api/charts/:chart/protocol', who: 'protocol.choose', audit: 'protocol.chosen', params: chartId, body: z.object({ id: z.uuid(), protocol: z.string().max(80), note: z.string().max(1000).optional(), device: z.uuid() }), response: wrote }),
  signClearance: route({ method: 'POST', path: '/api/charts/:chart/clearance', who: 'clearance.sign', audit: 'clearance.signed', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), code, clearance: clearanceKinds['clearance.v1'].body.omit({ signature: true, screening: true }) }), response: wrote }),
  signOrder: route({ method: 'POST', path: '/api/charts/:chart/orders', who: 'order.sign', audit: 'order.signed', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), code, order: clearanceKinds['order.v1'].body.omit({ signature: true }), titration: deciding.optional() }), response: wrote }),
  /** The proposal of the titration brief, declined without an order. Accepted or changed it is signed with one. */
  declineDose: route({ method: 'POST', path: '/api/charts/:chart/dose-declined', who: 'order.sign', audit: 'dose.declined', params: chartId, body: deciding.extend({ device: z.uuid(), code }), response: wrote }),
  /** What the scores propose after a course, accepted or declined by one person: judged again as it stands, and signed. */
  decideProposal: route({ method: 'POST', path: '/api/charts/:chart/proposal', who: 'proposal.decide', audit: 'proposal.decided', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), code, decision: z.enum(['accepted', 'declined']), seen: z.object({ propose: z.string().max(40), because: z.array(z.string().max(80)).max(10) }), reason: z.string().trim().max(2000).default('') }), response: wrote }),
  signConsent: route({ method: 'POST', path: '/api/charts/:chart/consents', who: 'consent.sign', audit: 'consent.signed', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), form: z.string().max(60), version: z.string().max(40), textSha256: z.string().length(64), acknowledged: z.array(z.string().max(80)).max(60), choices: z.record(z.string().max(60), z.string().max(200)).optional(), typedName: z.string().trim().min(2).max(200) }), response: wrote }),
  startSession: route({ method: 'POST', path: '/api/charts/:chart/sessions', who: 'session.start', audit: 'session.started', params: chartId, body: z.object({ id: z.uuid(), device: z.uuid(), visit: z.uuid().optional(), order: z.uuid(), reasons: z.record(z.string().max(60), z.string().max(2000)).optional() }), response: wrote }),
  /** When the emergency kit of a room was last looked through today, on a chart this person may read: to be found still so by whoever is there now. */
  roomChecked: route({ method: 'GET', path: '/api/charts/:chart/rooms/:room/checked', who: 'session.join', audit: 'room.read', params: chartId.extend({ room: z.uuid() }), response: z.object({ checked: roomLook.nullable() }) }),
  joinSession: route({ method: 'POST', path: '/api/charts/:chart/sessions/:session/join', who: 'session.join', audit: 'session.joined', params: chartId.extend({ session: z.uuid() }), body: z.object({}).strict(), response: z.object({ until: z.string() }) }),
  /** One medicine session as a document to keep: people, doses, readings, alarms, leaving, signatures and signed notes. */
  sessionRecord: route({ method: 'GET', path: '/api/charts/:chart/sessions/:session/record', who: 'session.record', audit: 'session.printed', params: chartId.extend({ session: z.uuid() }), response: z.unknown() }),
  export: route({ method: 'GET', path: '/api/charts/:chart/export', who: 'chart.export', audit: 'chart.exported', params: chartId, query: z.object({ as: z.enum(['html', 'ndjson', 'fhir', 'zip']) }), response: z.unknown() }),
  rulebook: route({ method: 'GET', path: '/api/rulebook', who: 'signed-in', audit: null, response: z.object({ edition: z.string(), sha256: z.string(), protocols: z.array(adoption.extend({ offered: z.boolean(), says: z.string() })), history: z.array(adoption) }) }),
} as const
