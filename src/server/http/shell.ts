import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { BodyOf } from '../../core/chart/kinds.ts'
import type { DayAnswers } from '../../core/chart/kinds/day.ts'
import type { Answer, Parsed, RouteName } from '../../core/contract/contract.ts'
import type { Instrument } from '../../core/measures/instrument.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import type { Wait } from '../../core/scheduling/first-visit.ts'
import type { Clock } from '../clock.ts'
import type { FirstVisitBoard } from '../first-visits.ts'
import type { LiveHub } from '../live/hub.ts'
import type { QuarantineKeys } from '../launch/quarantine-keys.ts'
import type { Together } from '../planning/joint.ts'
import type { KnownActors } from './actors.ts'
import type { AppendQueue } from '../store/append.ts'
import type { Context, Database } from '../store/database.ts'
import type { NewInquiry } from '../store/inquiries.ts'

/** Everything the routes stand on, handed in once: no module reaches for a global. */
export interface Shell {
  readonly database: Database
  readonly clock: Clock
  /** Thirty-two bytes that never leave this installation: seals one-time-code secrets. */
  readonly secret: Buffer
  /** What devices seal to, for the server alone to open. */
  readonly quarantineKeys: QuarantineKeys
  readonly live: LiveHub
  readonly append: AppendQueue
  readonly actors: KnownActors
  /** What was last seen of free first visits. */
  readonly firstVisits: FirstVisitBoard
  /** The joint plans that are being made here. */
  readonly together: Together
  /** The embedded sample practice: its one-click door, its outbox page and its clock exist only there, on loopback. */
  readonly sample: boolean
  /** Behind TLS or a declared proxy: cookies are `__Host-` and secure. */
  readonly secure: boolean
  /** Addresses of the proxy whose word about the caller is believed. */
  readonly trustProxy?: string
  /** Where links in mail lead, such as `https://kap.example.org`. */
  readonly origin: () => string
  /** Where the installation keeps what no database holds, such as what was compared with official code tables. */
  readonly dataDir?: string
  /** The built browser programs; absent in tests that only speak HTTP. */
  readonly webDir?: string
  readonly site?: Site
  readonly log: Logger
}

/** The public site as it was built: a program of its own, loaded as an artefact. */
export interface Site {
  renderSite(request: { path: string; practice: PublicPractice; protocol: Protocol; form?: { values: SentValues; problems: Readonly<Record<string, string>> }; sent?: boolean; quizForm?: Instrument | undefined; stylesheet?: string }): { status: number; html: string }
  renderAnswer(page: AnswerPage & { readonly stylesheet?: string; readonly script?: string }): { status: number; html: string }
  readAnswer(asked: AnswerAsked, values: SentValues):
    | { readonly ok: true; readonly answer: { readonly comes: boolean } | { readonly suits: boolean } | { readonly where: WhereSaid } | { readonly said: DayAnswers; readonly ride?: { readonly name: string; readonly phone: string } | undefined } }
    | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }
  readInquiry(values: SentValues):
    | { readonly ok: true; readonly inquiry: NewInquiry }
    | { readonly ok: false; readonly refusal: 'carried-only' | 'trap' }
    | { readonly ok: false; readonly refusal: 'problems'; readonly problems: Readonly<Record<string, string>> }
}
/** Where the patient says they are, before a visit online. */
export type WhereSaid = Pick<BodyOf<'whereabouts.v1'>, 'state' | 'place' | 'phone' | 'company'>
/** What a page shows to whoever holds a link: a first name, an hour, and what is asked. */
export interface AnswerAsked {
  readonly asks: 'day-before' | 'morning' | 'ride' | 'moved' | 'where'
  readonly from: string
  readonly phone: string
  readonly givenName: string
  readonly startsAt: string
  readonly zone: string
  readonly now: string
  /** Whether an adult is named to bring them home already; who, is not shown. */
  readonly rideNamed: boolean
  /** Whether this practice asks for a pressure measured at home. */
  readonly pressure: boolean
  /** Times that would change, or that have changed, and until when they are asked about. */
  readonly moved?: MovedAsked | undefined
}
/** One questionnaire, as a link opens it: nothing of the chart is said but a first name. */
export interface QuestionsPage {
  readonly page: 'questions'
  readonly from: string
  readonly phone: string
  readonly hours: string
  /** Whether anybody at the practice is on call, in words. */
  readonly watched: string
  readonly givenName: string
  readonly instrument: Instrument
  /** How many forms are open, this one among them. */
  readonly count: number
  /** Questions that were answered before, on whatever device; not how. */
  readonly begun: readonly string[]
  /** The entry that this form becomes: sent twice, it is stored once. */
  readonly entry: string
  readonly form?: { readonly values: SentValues; readonly problems: Readonly<Record<string, string>> }
  readonly tablet?: TabletShown
}
/** The practice's tablet: after so many minutes without a touch it is covered, and what has not arrived lies on it under this name. */
export interface TabletShown {
  readonly coverMin: number
  readonly place: string
}
export interface MovedAsked {
  /** `offered`: a sooner time that is held for them; `first-yes`: one that others are offered as well. */
  readonly way: 'asked' | 'moved' | 'offered' | 'first-yes'
  readonly until?: string | undefined
  /** `online` where the way of meeting would change. */
  readonly changes: readonly { readonly from: string; readonly to: string; readonly online?: boolean | undefined }[]
}
export type AnswerPage =
  | ({ readonly page: 'asked'; readonly form?: { readonly values: SentValues; readonly problems: Readonly<Record<string, string>> } } & AnswerAsked)
  | QuestionsPage
  | { readonly page: 'help'; readonly from: string; readonly phone: string; readonly hours: string; readonly watched: string; readonly more: boolean; readonly tablet?: TabletShown }
  | ({ readonly page: 'where-kept'; readonly address: string | null; readonly waits: string | null; readonly joinFromMinBefore: number } & AnswerAsked)
  | { readonly page: 'thanks' | 'stays' | 'taken' | 'gone' | 'ended' | 'back' | 'covered'; readonly from: string; readonly phone: string; readonly forms?: number }
export type SentValues = Readonly<Record<string, string | readonly string[]>>
/** What everybody may know of a practice. */
export interface PublicPractice {
  readonly name: string
  readonly place: string
  readonly phone: string
  readonly email: string
  readonly zone: string
  readonly hours: string
  readonly services: readonly { readonly name: string; readonly says: string; readonly wait?: Wait | undefined }[]
  /** How long somebody new waits for a first visit of the course that the page describes, and when that was seen. Not known where it is left out. */
  readonly firstVisit?: { readonly wait: Wait; readonly seenAt: string; readonly today: string } | undefined
}

/** Before anybody is known. */
export interface Door {
  readonly shell: Shell
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly now: string
  /** The token the browser holds, or an empty text. */
  readonly token: string
  readonly device: string
}
/** Once somebody is known: the door, with the transaction in their context. */
export interface Here extends Door, Context {}

export type OpenHandlers<Name extends RouteName> = { readonly [N in Name]: (ask: Parsed<N>, door: Door) => Promise<Answer<N>> }
export type Handlers<Name extends RouteName> = { readonly [N in Name]: (ask: Parsed<N>, here: Here) => Promise<Answer<N>> }
