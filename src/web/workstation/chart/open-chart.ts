import { createContext, useContext, useMemo } from 'react'
import { mayAny, mayWrite, type Operation, type Standing } from '../../../core/access/policy.ts'
import type { Role } from '../../../core/access/roles.ts'
import type { Chart } from '../../../core/chart/chart.ts'
import { theServer } from '../../../core/chart/entry.ts'
import { clinicians } from '../../../core/chart/kinds/kind.ts'
import type { EntryKind } from '../../../core/chart/kinds.ts'
import type { ChartHead } from '../../../core/contract/charting.ts'
import { readCourse, type CourseNow } from '../../../core/course/course.ts'
import { unknownCourse } from '../../../core/course/unknown-course.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import { screenChart } from '../../../core/eligibility/clearance.ts'
import type { ScreeningFacts } from '../../../core/eligibility/facts.ts'
import { judgedChart } from '../../../core/eligibility/reopened.ts'
import type { Screening } from '../../../core/eligibility/screen.ts'
import { screeningFacts } from '../../../core/eligibility/screening-facts.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import type { Day, Instant } from '../../../core/shared/time.ts'
import { courseIn, unknownCourseSays } from '../../../core/rulebook/own-courses.ts'
import { rulebook } from '../../../knowledge/rulebook.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import { useRulesInForce } from '../../sync/editions.ts'
import type { UsedChart } from '../../sync/index.ts'

/** A place in the chart: which room, and what of it. It stands in the address, so that it can be linked and gone back to. */
export interface Place {
  readonly step?: string | undefined
  /** The entry to show. */
  readonly entry?: string | undefined
  /** The entry that is about to be corrected. */
  readonly amends?: string | undefined
}

/** Everything a room of the chart needs: the chart as it stands this minute, and the way to write into it. */
export interface OpenChart {
  readonly chartId: string
  readonly used: UsedChart
  readonly chart: Chart
  readonly now: Instant
  readonly zone: string
  readonly today: Day
  readonly patient: string
  readonly team: ChartHead['team']
  /** What this person is on this chart's team, and at the desk. */
  readonly roles: readonly Role[]
  /** Treats this person. The desk sees the spine of the course, and nothing clinical. */
  readonly isClinical: boolean
  readonly protocol: Protocol
  /** False while the practice's first protocol stands in for one that nobody has chosen. */
  readonly protocolChosen: boolean
  /** Why the course that was chosen cannot be read here. Nothing of another one is shown in its place. */
  readonly courseUnknown: string | undefined
  readonly course: CourseNow
  /** The practice's rules in force, which this chart is judged by. */
  readonly book: Rulebook
  /** Why this device cannot judge by them: what it shows follows the rules that ship, and nothing is signed from here. */
  readonly rulesMissing: string | undefined
  readonly facts: ScreeningFacts
  readonly screening: Screening
  readonly place: Place
  readonly go: (place: Place) => void
  readonly mayWrite: (kind: EntryKind) => boolean
  readonly may: (operation: Operation) => boolean
  readonly name: (person: string) => string
}

export const OpenChartContext = createContext<OpenChart | null>(null)

export function useOpenChart(): OpenChart {
  const open = useContext(OpenChartContext)
  if (!open) throw new Error('This belongs inside a chart')
  return open
}

const firstProtocol: Protocol = rulebook.protocols['solo-six']

/** What the rooms read of a course that nobody here knows: no visits, no routes, no questionnaires. */
const nobodysCourse = (id: string): Protocol => ({ ...firstProtocol, id, name: `A course that is not known here (${id})`, says: '', routes: [], phases: [], reviewAfterMedicine: [], followUpDays: [], followUpWindowDays: [], measures: { baseline: [], beforeDose: [], followUp: [] } })

interface Opening {
  readonly chartId: string
  readonly used: UsedChart
  readonly now: Instant
  readonly team: ChartHead['team']
  readonly place: Place
  readonly go: OpenChart['go']
  /** Everybody of the practice, for the names of those who are not on the team. */
  readonly staff?: readonly { readonly person: string; readonly name: string }[]
}

/** Judges the chart as it stands this minute, with the same functions and rows as the server. */
export function useJudged({ chartId, used, now, team, place, go, staff = [] }: Opening): OpenChart {
  const { chart, head, me } = used
  const { zone } = me.practice
  const minute = `${now.slice(0, 16)}:00.000Z`
  const { book, missing: rulesMissing } = useRulesInForce(me.practice.id)
  const courseId = chart.latest('course-chosen.v1')?.body.protocol ?? head?.protocol ?? undefined
  const chosen = courseIn(book, courseId)
  const courseUnknown = courseId === undefined || chosen ? undefined : rulesMissing ?? unknownCourseSays(courseId)
  const protocol = useMemo(() => chosen ?? (courseId === undefined ? firstProtocol : nobodysCourse(courseId)), [chosen, courseId])
  const judged = useMemo(() => {
    const read = judgedChart(chart, book)
    return {
      course: courseUnknown === undefined ? readCourse(read, protocol, book, minute, zone) : unknownCourse(read, courseUnknown, book, minute, zone),
      facts: screeningFacts(read, minute, book.screening), screening: screenChart(read, book.eligibility, minute, book.screening),
    }
  }, [chart, protocol, courseUnknown, minute, zone, book])
  const roles = head?.myRoles ?? []
  const standings = standingsOf(roles)
  const who = chart.latest('demographics.v1')?.body
  return {
    ...judged, book, rulesMissing, chartId, used, chart, now, zone, today: localDay(minute, zone), team, roles, isClinical: roles.some((role) => (clinicians as readonly Role[]).includes(role)), protocol, protocolChosen: chosen !== undefined, courseUnknown, place, go,
    patient: head?.name ?? (who ? `${who.preferredName || who.givenName} ${who.familyName}` : 'This person'),
    mayWrite: (kind) => mayWrite(kind, standings), may: (operation) => mayAny(operation, standings), name: namesOf(used, team, staff),
  }
}

/** The server says in which roles somebody stands to this chart; the desk's roles count for the practice, the others on the team. */
function standingsOf(roles: readonly Role[]): readonly Standing[] {
  const isDesk = (role: Role) => role === 'coordinator' || role === 'owner'
  return [{ relation: 'practice', roles: roles.filter(isDesk) }, { relation: 'team', roles: roles.filter((role) => !isDesk(role) && role !== 'patient') }]
}

/** Names of people, never "the current user". */
function namesOf({ chart, head, me }: UsedChart, team: ChartHead['team'], staff: NonNullable<Opening['staff']>): OpenChart['name'] {
  const known = new Map<string, string>(staff.map(({ person, name }) => [person, name]))
  for (const { body } of [...chart.all('visits-booked.v1'), ...chart.all('therapy-continued.v1')]) for (const { people } of body.visits) for (const { person, name } of people) known.set(person, name)
  for (const started of chart.all('session-started.v1')) for (const { person, name } of started.body.people) known.set(person, name)
  for (const { body } of [...chart.all('clearance.v1'), ...chart.all('order.v1')]) known.set(body.signature.person, body.signature.name)
  for (const { person, name } of team) known.set(person, name)
  if (head?.patient) known.set(head.patient, head.name)
  known.set(me.person, me.name).set(theServer, 'the server')
  return (person) => known.get(person) ?? 'somebody of this practice'
}
