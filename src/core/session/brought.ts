import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { dosedSessions, type DosedSession } from '../measures/doses.ts'
import type { Instant } from '../shared/time.ts'
import { symptomName } from './describe.ts'
import { compare } from './entries.ts'
import type { SessionLabels } from './say-entry.ts'

/** What was learned before, for the moment in which the next dose works. Undefined is "nobody wrote it down". */
export interface Brought {
  readonly intention: EntryOf<'intention.v1'> | undefined
  readonly agreed: EntryOf<'agreements.v1'> | undefined
  readonly last: {
    readonly dosed: DosedSession
    readonly closed: EntryOf<'session-closed.v1'> | undefined
    /** Signs, signals and side effects that somebody wrote down, each once, in the order they came. */
    readonly hard: readonly string[]
    readonly helped: readonly string[]
    readonly integration: EntryOf<'integration.v1'> | undefined
    /** What the person set out to do and has not said to have done. */
    readonly unfinished: readonly string[]
  } | undefined
}

/** What the record before this session holds for it. Whatever came after `until` is left out: a look back shows what was known. */
export function broughtInto(chart: Chart, session: string, labels: SessionLabels, until?: Instant): Brought {
  const known = ({ at }: { readonly at: Instant }) => until === undefined || at <= until
  const dosed = dosedSessions(chart).findLast((one) => one.session !== session && known({ at: one.firstDoseAt }))
  return {
    intention: chart.latest('intention.v1', known), agreed: chart.latest('agreements.v1', known),
    last: dosed && { dosed, closed: chart.latest('session-closed.v1', (entry) => entry.session === dosed.session), hard: hardIn(chart, dosed.session, labels), helped: helpedIn(chart, dosed.session, labels), ...since(chart, dosed.session, known) },
  }
}

function hardIn(chart: Chart, session: string, { effects }: SessionLabels): string[] {
  const of = <One extends { readonly session?: string | undefined; readonly at: Instant }>(list: readonly One[]) => list.filter((one) => one.session === session)
  const said = [
    ...of(chart.all('symptom.v1')).filter(({ body }) => body.present).map(({ at, body }) => ({ at, says: symptomName(body.symptom) })),
    ...of(chart.all('side-effect.v1')).map(({ at, body }) => ({ at, says: `${(effects.find(({ id }) => id === body.term)?.label ?? body.term).toLowerCase()}, grade ${body.grade}` })),
    ...of(chart.all('signal.v1')).map(({ at, body }) => ({ at, says: `signal: ${body.signal}` })),
  ]
  return once(said.toSorted((a, b) => compare(a.at, b.at)).map(({ says }) => says))
}

const helpedIn = (chart: Chart, session: string, { comfort }: SessionLabels): string[] =>
  once(chart.all('comfort.v1').filter((entry) => entry.session === session).map(({ body }) => (comfort.find(({ id }) => id === body.measure)?.label ?? body.measure).toLowerCase()))

function since(chart: Chart, session: string, known: (one: { readonly at: Instant }) => boolean) {
  const integration = chart.all('integration.v1').findLast((entry) => entry.body.session === session && known(entry))
  const kept = new Set(chart.all('commitment-kept.v1').filter((entry) => entry.body.kept === 'yes' && known(entry)).map(({ body }) => body.commitment))
  return { integration, unfinished: (integration?.body.commitments ?? []).filter(({ id }) => !kept.has(id)).map(({ text }) => text) }
}

const once = (said: readonly string[]): string[] => [...new Set(said)]
