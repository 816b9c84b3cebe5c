import type { PlannedPerson, PlanningRun, PlanScore, WaitingPerson } from '../../../../core/contract/joint.ts'
import { daysFrom } from '../../../../core/shared/local-day.ts'
import { plainDay, dayAndTime } from '../../times.ts'
import { visitTitle } from '../visits.ts'

/** `2 days`, `one day`. */
export const counted = (count: number, one: string, many = `${one}s`): string => (count === 1 ? `one ${one}` : `${count} ${many}`)
/** The one act of the page. Nobody is planned together with nobody. */
export const planWords = (people: number): string => (people === 0 ? 'Plan them together' : people === 1 ? 'Plan one person' : `Plan ${people} people together`)
/** How long somebody has waited; a day has to pass before it is one. */
export const waitedWords = (days: number, since = 'waiting'): string => (days === 0 ? `${since} since today` : `${since} ${counted(days, 'day')}`)
const capital = (says: string) => says.charAt(0).toUpperCase() + says.slice(1)

const doings: Record<PlanningRun['doing'], string> = {
  alone: 'Looking for the soonest plan of each, as if nobody else waited', 'in-turn': 'Placing each beside those who have waited longer', pricing: 'Looking for other plans where several want the same hours',
  choosing: 'Choosing one plan for each', improving: 'Trying again for those who came off worst', 'the-rest': 'Looking once more for whoever has no plan yet',
}

/** What is being done, as far as it is known. */
export function doingWords({ doing, step, of, placed, people }: Pick<PlanningRun, 'doing' | 'step' | 'of' | 'placed' | 'people'>): string {
  const far = of > 1 ? `: ${step} of ${of}` : ''
  return `${doings[doing]}${far}. ${placed === 0 ? 'Nobody has a plan yet.' : `${placed} of ${people} have a plan so far.`}`
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const parts = { morning: 'mornings', afternoon: 'afternoons', evening: 'evenings' } as const

/** What somebody named when they wrote. */
export function wishWords(wishes: WaitingPerson['wishes']): string {
  if (!wishes) return ''
  const { days, partOfDay, modality } = wishes
  const said = [...(days.length > 0 ? [days.toSorted((a, b) => a - b).map((day) => weekdays[day - 1]).join(', ')] : []), ...(partOfDay.length > 0 ? [partOfDay.map((part) => parts[part]).join(' or ')] : []), ...(modality === 'online' ? ['online where that may be'] : [])]
  return said.length > 0 ? `Would like ${said.join('; ')}` : ''
}

/** Beside what they would have if nobody else waited: nothing is said to be as good that is not. */
export function besideAlone(plan: PlanScore, alone: PlanScore): string {
  const later = daysFrom(alone.finishDay, plan.finishDay)
  const [wishes, people, others] = [alone.wishesMet - plan.wishesMet, plan.peopleMet - alone.peopleMet, alone.ownTherapist - plan.ownTherapist]
  const worse = [
    ...(later > 0 ? [`ends ${counted(later, 'day')} later`] : []), ...(wishes > 0 ? [`${counted(wishes, 'visit')} fewer at a wished time`] : []),
    ...(people > 0 ? [`${counted(people, 'more person', 'more people')} to meet`] : []), ...(others > 0 ? [`${counted(others, 'visit')} with another therapist`] : []),
  ]
  if (worse.length > 0) return `${capital(worse.join(', '))} than if nobody else waited.`
  return later < 0 ? `Ends ${counted(-later, 'day')} sooner than alone, at other times.` : 'As good as if nobody else waited.'
}

/** Who has what of the plan that somebody would have alone. */
export function becauseWords({ what, name, to, waitedDays, startsAt, ...visit }: PlannedPerson['because'][number], zone: string): string {
  const has = { person: `${name} is with ${to}`, room: `${name} is taken by ${to}`, 'on-call': `${name} is on call for ${to}` }[what]
  return `${visitTitle(visit)} could have been on ${dayAndTime(startsAt, zone)}: there ${has}, ${waitedWords(waitedDays)}.`
}

/** A score in a few facts. */
export const scorePairs = ({ finishDay, wishesAsked, wishesMet, ownTherapist, ofVisits, peopleMet }: PlanScore): (readonly [string, string])[] => [
  ['Last integration', plainDay(finishDay)],
  ...(wishesAsked > 0 ? [['Wishes', `${wishesMet} of ${wishesAsked} visits at wished times`] as const] : []),
  ['The same people', `${ownTherapist} of ${ofVisits} visits with their therapist, ${counted(peopleMet, 'person', 'people')} in all`],
]
