import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { BodyOf } from '../chart/kinds.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { isLicensedIn, isTreating, licencesOf, type LicenceHeld } from '../scheduling/licensed.ts'
import { localDay } from '../shared/local-day.ts'
import type { Day, Instant } from '../shared/time.ts'
import { inState, stateName } from '../shared/us-states.ts'

type AtHour = Pick<BookedVisit, 'visit' | 'startsAt'>

/** Where the patient is for this visit at this hour, as it was said last and on that day; nothing where it was not asked that day. */
export const whereaboutsOf = (chart: Chart, { visit, startsAt }: AtHour, zone: string): EntryOf<'whereabouts.v1'> | undefined =>
  chart.latest('whereabouts.v1', ({ body, at }) => body.visit === visit && body.startsAt === startsAt && localDay(at, zone) === localDay(startsAt, zone))

/** What was decided about a state for which nobody who treats is entered as licensed; a place said since asks anew. */
export const licenceDecided = (chart: Chart, { visit, startsAt }: AtHour, state: string): EntryOf<'licence-decided.v1'> | undefined =>
  chart.latest('licence-decided.v1', ({ body }) => body.visit === visit && body.startsAt === startsAt && body.state === state)

export interface Unlicensed {
  readonly person: string
  readonly name: string
  /** The last day of a licence of that state which has ended. */
  readonly endedOn: Day | undefined
  /** All that is entered, for whoever decides. */
  readonly entered: readonly LicenceHeld[]
}
interface Entered {
  readonly person: string
  readonly planning: { readonly licences: readonly LicenceHeld[] }
}

/** Who of those who treat somebody at a visit online is not entered as licensed, on its day, where the patient is. */
export function unlicensedAt(visit: Pick<BookedVisit, 'people' | 'startsAt'>, state: string, staff: readonly Entered[], zone: string): Unlicensed[] {
  const day = localDay(visit.startsAt, zone)
  return visit.people.filter(({ role }) => isTreating(role)).flatMap(({ person, name }) => {
    const entered = staff.find((one) => one.person === person)?.planning.licences ?? []
    if (isLicensedIn(entered, state, day)) return []
    const ended = licencesOf(entered, state).flatMap(({ until }) => until ?? []).toSorted().at(-1)
    return [{ person, name, endedOn: ended, entered }]
  })
}

/** One sentence of each: what is not entered, what has ended, and what is entered. */
export const sayUnlicensed = ({ name, endedOn, entered }: Unlicensed, state: string): string =>
  `${name} is not entered as licensed ${inState(state)}${endedOn ? ` (a licence was good until ${endedOn})` : ''}. Entered: ${entered.length === 0 ? 'no licence' : entered.map(({ state: of, until }) => `${stateName(of)}${until ? ` until ${until}` : ''}`).join(', ')}.`

/** All of it in one line: state, place, number, company. */
export const sayWhereabouts = ({ state, place, phone, company, via }: Pick<BodyOf<'whereabouts.v1'>, 'state' | 'place' | 'phone' | 'company' | 'via'>): string =>
  `${inState(state).replace(/^./, (first) => first.toUpperCase())}, at ${place}, call back ${phone}, ${company === 'alone' ? 'alone' : 'not alone'}${via === 'aloud' ? ', confirmed aloud' : ''}`

export interface Decided { readonly at: Instant; readonly decision: BodyOf<'licence-decided.v1'>['decision'] }
export const decisionWords: Readonly<Record<Decided['decision'], string>> = { held: 'Held as it is', moved: 'Moved to another time', phone: 'By telephone only' }
