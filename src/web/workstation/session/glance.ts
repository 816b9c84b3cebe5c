import { showDose } from '../../../core/measures/doses.ts'
import { broughtInto, type Brought } from '../../../core/session/brought.ts'
import { tolerances } from '../../../core/session/say-entry.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { sessionLabels } from '../../../knowledge/session-labels.ts'
import { wallTime, type Room } from './room.ts'

/** What must never be forgotten about the person. "None" only where somebody went through the list; a list nobody opened says so. */
export function neverForget({ chart, session, zone }: Room): readonly (readonly [string, string])[] {
  const reviewed = (list: 'allergies' | 'medications') => chart.latest('list-reviewed.v1', ({ body }) => body.list === list)?.body.none
  const listed = (names: readonly string[], none: boolean | undefined) => (names.length > 0 ? names.join(', ') : none ? 'none' : 'not asked')
  const ended = chart.latest('consent-withdrawn.v1', ({ body, at }) => body.form === 'treatment' && at >= session.started.at)
  return [
    ...(ended ? [['Consent', `taken back at ${wallTime(ended.at, zone)}: no more medicine`] as const] : []),
    ['Allergies', listed(chart.all('allergy.v1').filter(({ body }) => body.status === 'active').map(({ body }) => body.substance), reviewed('allergies'))],
    ['Medicines', listed(chart.all('medication.v1').filter(({ body }) => body.status === 'active').map(({ body }) => body.name), reviewed('medications'))],
    ['Touch', session.touch.says + (session.touch.note ? ` (${session.touch.note})` : '')],
    ['Stop signal', chart.latest('agreements.v1')?.body.stopSignal ?? 'none agreed'],
  ]
}

/** What was brought into this session, as it was known while it ran. */
export const broughtHere = ({ chart, session }: Pick<Room, 'chart' | 'session'>): Brought => broughtInto(chart, session.session, sessionLabels, session.closed?.at)

/** The two things that are looked for most, in one line: why the person came, and how the last time was. */
export function broughtLine({ intention, last }: Brought): string {
  const was = last && [last.closed ? tolerances[last.closed.body.tolerance] : 'not said how it was', last.hard.length > 0 && `hard: ${last.hard.join(', ')}`, last.helped.length > 0 && `helped: ${last.helped.join(', ')}`].filter(Boolean).join('; ')
  return [intention ? `Intention: ${intention.body.text}` : 'No intention was written down', last ? `Last time: ${was}` : 'No session before this one'].join(' · ')
}

/** The same and all the rest, for the sheet one touch away. */
export function broughtPairs({ intention, agreed, last }: Brought, zone: string): readonly (readonly [string, string | undefined])[] {
  const words = agreed?.body
  return [
    ['Intention', intention?.body.text], ['Hopes', intention?.body.hopes], ['Fears', intention?.body.fears],
    ['Signals', words && [`stop: ${words.stopSignal}`, words.lighterSignal && `lighter: ${words.lighterSignal}`, words.quietSignal && `quiet: ${words.quietSignal}`].filter(Boolean).join(', ')],
    ['What helps', words?.grounding.join(', ')], ['Music', words?.music],
    ...(last ? [
      ['Last session', `${last.dosed.doseUg === undefined ? `dose ${showDose(undefined)};` : showDose(last.dosed.doseUg)} ${last.dosed.route}, ${localDay(last.dosed.firstDoseAt, zone)}${last.closed ? `, ${tolerances[last.closed.body.tolerance]}` : ''}`],
      ['Hard then', last.hard.length > 0 ? last.hard.join(', ') : 'nothing written'], ['Helped then', last.helped.length > 0 ? last.helped.join(', ') : 'nothing written'], ['Written at its close', last.closed?.body.note],
      ['Themes since', last.integration?.body.themes], ['Set out to do, not said to be done', last.unfinished.join(', ')], ['Next intention, from integration', last.integration?.body.nextIntention],
    ] as const : [['Last session', 'none before this one'] as const]),
  ]
}
