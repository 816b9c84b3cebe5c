import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import type { FactName, FactValue } from '../chart/facts.ts'
import type { BodyOf, EntryKind } from '../chart/kinds.ts'

interface Extra { readonly id?: string; readonly session?: string; readonly amends?: string; readonly unnumbered?: boolean; readonly writtenAt?: string; readonly receivedAt?: string; readonly by?: string }

export interface Told extends Chart {
  on<Kind extends EntryKind>(at: string, kind: Kind, body: BodyOf<Kind>, extra?: Extra): Told
  says<Name extends FactName>(at: string, fact: Name, value: FactValue<Name>, extra?: Extra): Told
  /** The number of the newest entry: what a prescriber who signs now has read. */
  readonly lastSeq: number
}

/** A chart the way a person tells it, numbered as the server would. Tests only; everybody in it is invented. */
export function told(entries: readonly Entry[] = []): Told {
  const on: Told['on'] = (at, kind, body, { id = `e${entries.length + 1}`, unnumbered, ...rest } = {}) => {
    const full = at.includes('T') ? new Date(at).toISOString() : `${at}T17:00:00.000Z`
    const stamp = unnumbered ? {} : { seq: entries.length + 1 }
    return told([...entries, { id, kind, at: full, writtenAt: full, by: 'someone', device: 'tablet', body, ...stamp, ...rest } as unknown as Entry])
  }
  const says: Told['says'] = (at, fact, value, extra) => on(at, 'fact.v1', { fact, state: 'answered', value } as BodyOf<'fact.v1'>, extra)
  return { ...readChart(entries), on, says, lastSeq: entries.length }
}

const icd10cm = 'http://hl7.org/fhir/sid/icd-10-cm'
export const coded = (...codes: string[]) => codes.map((code) => ({ system: icd10cm, code }))
export const calmInterview = { q1: false, q2: false, q3: null, q4: null, q5: null, q6Lifetime: false, q6PastThreeMonths: null }
export const interview = (answers: BodyOf<'measure-answered.v1'>['answers']): BodyOf<'measure-answered.v1'> =>
  ({ instrument: 'c-ssrs', version: '1', language: 'en', answers: { ...calmInterview, ...answers }, answeredBy: 'clinician' })
export const phq9 = (item9 = 0): BodyOf<'measure-answered.v1'> =>
  ({ instrument: 'phq-9', version: '1', language: 'en', answers: { q1: 2, q2: 2, q3: 2, q4: 2, q5: 2, q6: 2, q7: 2, q8: 2, q9: item9 }, answeredBy: 'patient' })

/** Everything asked on one day, and nothing remarkable: only the clearance is open. A man of 35 with depression. */
export function plainChart(day: string): Told {
  const facts: { readonly [Name in FactName]?: FactValue<Name> } = {
    sexAtBirth: 'M', psychosis: 'none', mania: 'none', substanceUse: [], ketamineMisuse: false, hasCapacity: true, escortAvailable: true, pdmpChecked: true, opioidAgonistTreatment: false,
    untreatedSleepApnea: false, homeOxygen: false, seizureUncontrolled: false, ketamineFromAnotherPrescriber: false, intoxicated: false, adequateTrials: 2, childbearingPotential: false,
  }
  const started = told()
    .on(day, 'demographics.v1', { givenName: 'Sample', familyName: 'Person', birthDate: '1991-03-04' })
    .on(day, 'condition.v1', { name: 'Depression', codes: coded('F33.2'), status: 'active', category: 'indication' })
    .on(day, 'list-reviewed.v1', { list: 'conditions', none: false })
    .on(day, 'list-reviewed.v1', { list: 'medications', none: true })
    .on(day, 'list-reviewed.v1', { list: 'allergies', none: true })
    .on(day, 'weight.v1', { weightG: 76_000 })
    .on(day, 'height.v1', { heightMm: 1_780 })
    .on(day, 'vitals.v1', { systolicMmHg: 122, diastolicMmHg: 78 })
    .on(day, 'measure-answered.v1', phq9())
    .on(day, 'measure-answered.v1', interview({}))
  return (Object.keys(facts) as FactName[]).reduce((chart, fact) => chart.on(day, 'fact.v1', { fact, state: 'answered', value: facts[fact] } as BodyOf<'fact.v1'>), started)
}

type Clearance = BodyOf<'clearance.v1'>
/** A clearance as a prescriber signs it on a chart: with what the rules said then, and what was overridden. */
export function clearance(at: string, chart: Told, more: Partial<Clearance> & { readonly met?: readonly (readonly [rule: string, action: string])[] } = {}): Clearance {
  const { met = [], ...rest } = more
  return {
    decision: 'cleared', conditions: [], reason: 'Seen today; benefits and risks weighed.',
    screening: { edition: 'test', decision: 'INCOMPLETE', met: met.map(([rule, action]) => ({ rule, action, says: rule })), unknown: [] },
    overrides: [], lastSeq: chart.lastSeq, signature: { person: 'p', name: 'Sample Prescriber', meaning: 'approval', method: 'one-time-code', signedAt: `${at}T17:30:00.000Z` }, ...rest,
  }
}
