import { discharge } from '../../../knowledge/discharge.ts'
import { dosing } from '../../../knowledge/dosing.ts'
import { screeningLimits } from '../../../knowledge/eligibility.ts'
import { instruments } from '../../../knowledge/instruments.ts'
import { monitoring } from '../../../knowledge/monitoring.ts'
import { sessionRows } from '../../../knowledge/session.ts'
import type { BodyOf } from '../../chart/kinds.ts'
import type { DoseRoute } from '../../chart/kinds/clearance.ts'
import type { Protocol } from '../../course/protocol.ts'
import { answered, at, begun, clock, noThoughts, SESSION, signature, told, type Told } from '../fixtures.ts'
import type { Gate, GateContext } from '../gates.ts'
import { giveGates, type GiveContext } from '../give-gates.ts'
import { readSession, type SessionNow } from '../session.ts'
import { startGates, type StartContext } from '../start-gates.ts'

/** Tests only: a chart on which every gate is met, to take one thing away from. */
export const protocol: Pick<Protocol, 'routes' | 'peopleInRoom' | 'gates' | 'integration' | 'spacing' | 'phases'> = {
  routes: ['IM', 'SL', 'IV', 'PO', 'IN-esketamine'], peopleInRoom: 2, gates: { preparationVisits: 3, safetyPlanWithinDays: 90, clearanceValidDays: 90 },
  integration: { fromDays: 0, withinDays: 3, beforeNextDose: true, window: { dueFromHours: 24, overdueAfterHours: 72 } }, spacing: { minHoursBetweenDoses: 48, maxDosesPerSevenDays: 2 }, phases: [],
}
export const DAY = 1_440
const shared = (minute: number): GateContext => ({
  clock: clock(minute), row: monitoring.gates, instruments, clearance: { state: 'met', facts: ['clearance'], says: 'Cleared.' }, consentForms: [{ form: 'treatment', version: '3' }, { form: 'touch', version: '1' }], openRisks: [], visit: 'medicine-2',
})
export const starting = (more: Partial<StartContext> = {}): StartContext => ({ ...shared(-60), people: [{ person: 'rosa', role: 'therapist' }, { person: 'jun', role: 'monitor' }], ...more })
export const giving = (minute: number, more: Partial<GiveContext> = {}): GiveContext => ({ ...shared(minute), dosing, preDose: monitoring.preDose, screening: screeningLimits, discharge, schedules: monitoring.schedules, ...more })

export const consent = (form: string, version: string) => ({ form, version, language: 'en', textSha256: 'a'.repeat(64), acknowledged: [], signature: signature('mara', 'Mara K.', -20 * DAY) })
export const plan = { warningSigns: ['a'], coping: ['b'], distraction: [], help: [{ who: 'c', phone: '1' }], professionals: [{ who: 'd', phone: '2' }], environment: [], worthLivingFor: '', likelihoodOfUse: 8, madeWith: ['Rosa M.'], reviewOn: '2027-01-31' }
const prepared = (story: Told, visit: string, minute: number) => story.on(minute, 'visit-closed.v1', { visit, type: 'preparation', startedAt: at(minute - 60), endedAt: at(minute), outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' }, { id: visit, session: 'none' })

export const kit = (change: Partial<BodyOf<'room-checked.v1'>> = {}): BodyOf<'room-checked.v1'> => ({ items: monitoring.gates.kit.items.map(({ id }) => ({ item: id, present: true })), earliestExpiry: '2027-03-01', ...change })
export const reachable = (change: Partial<BodyOf<'prescriber-reachable.v1'>> = {}): BodyOf<'prescriber-reachable.v1'> => ({ person: 'dr-osei', name: 'Dr. Osei', by: 'on-site', answersWithinSec: 120, until: at(180), ...change })
/** A chart on which every start gate is met. */
export const chartReady = (): Told => ['prep-1', 'prep-2', 'prep-3'].reduce((story, visit, index) => prepared(story, visit, -(20 - index) * DAY), told()
  .on(-30 * DAY, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14' }, { id: 'who' })
  .on(-20 * DAY, 'consent.v1', consent('treatment', '3'), { id: 'treatment' }).on(-20 * DAY, 'consent.v1', consent('touch', '1'), { id: 'touch' })
  .on(-10 * DAY, 'order.v1', begun().entries.find(({ id }) => id === 'order')?.body as never, { id: 'order' })
  .on(-30 * DAY, 'fact.v1', { fact: 'sexAtBirth', state: 'answered', value: 'F' }, { id: 'sex' })
  .on(-2 * DAY, 'pregnancy-test.v1', { result: 'negative', takenAt: at(-2 * DAY), specimen: 'urine' }, { id: 'test' })
  .on(-2 * DAY, 'escort-named.v1', { name: 'Theo Keller', phone: '555 0100', relationship: 'brother', adult: true, visit: 'medicine-2' }, { id: 'escort' })
  .on(-15 * DAY, 'safety-plan.v1', plan, { id: 'plan' })
  .on(-70, 'room-checked.v1', kit(), { id: 'kit', by: 'jun', session: 'none' }).on(-65, 'prescriber-reachable.v1', reachable(), { id: 'reachable', session: 'none' }))

export const start = (story: Told, more: Partial<StartContext> = {}, asked: Partial<Protocol> = {}) => spoken(startGates(story.chart, { ...protocol, ...asked } as Protocol, starting(more)))
/** Whoever stands before a gate reads why it is open or closed. */
function spoken(gates: Gate[]): Gate[] {
  const mute = gates.find(({ says }) => !/\w/.test(says))
  if (mute) throw new Error(`${mute.gate} is ${mute.state} and says nothing`)
  return gates
}
export const closedOf = (gates: readonly Gate[]) => gates.filter(({ state }) => state !== 'met').map(({ gate, state }) => `${gate} ${state}`)

export const dosedBefore = (story: Told, daysAgo: number, id = `s${daysAgo}`) => story
  .on(-daysAgo * DAY - 60, 'session-started.v1', begun().entries.find((entry) => entry.id === SESSION)?.body as never, { id, session: id })
  .dose(-daysAgo * DAY, 1, 40, { id: `${id}-dose`, session: id }).on(-daysAgo * DAY + 120, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: `${id}-close`, session: id })
export const integrated = (story: Told, session: string, daysAgo: number) => story.on(-daysAgo * DAY, 'integration.v1', { session, startedAt: at(-daysAgo * DAY - 60), endedAt: at(-daysAgo * DAY), themes: 'x', modalities: [], commitments: [], nextIntention: '' }, { session: 'none' })

/** The same chart with its session begun, the person prepared, and the syringe confirmed. */
export const roomReady = (route: DoseRoute = 'IM'): Told => {
  const base = begun(route).entries
  return told([...chartReady().without('order').entries.filter(({ id }) => id !== 'who'), ...base.map((entry) => ({ ...entry }))])
    .on(-50, 'identity-checked.v1', { by: ['name', 'birth-date'] }, { id: 'identity' })
    .on(-45, 'measure-answered.v1', answered(noThoughts), { id: 'screen' })
    .on(-40, 'fact.v1', { fact: 'lastFoodAt', state: 'answered', value: at(-720) }, { id: 'food' }).on(-40, 'fact.v1', { fact: 'lastFluidAt', state: 'answered', value: at(-180) }, { id: 'fluid' }).on(-40, 'fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: false }, { id: 'alcohol' })
    .on(-10 * DAY, 'list-reviewed.v1', { list: 'medications', none: true }, { id: 'medicines', session: 'none' }).on(-40, 'fact.v1', { fact: 'medicinesOnTheDay', state: 'answered', value: [{ medicine: 'anything else', taken: 'no', since: at(-2 * DAY) }] }, { id: 'day-medicines' })
    .mind(-15, undefined, { id: 'mind-1' }).reading(-15, {}, { id: 'reading-1' }).mind(-3, undefined, { id: 'mind-2' }).reading(-3, {}, { id: 'reading-2' })
    .on(-2, 'dose-prepared.v1', { step: 1, doseUg: 40_000, route, order: 'order', lot: 'A1', volumeUl: 800, strengthUgPerMl: 50_000 }, { id: 'prepared-1' })
    .on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'confirmed-1', by: 'jun' })
}
export const give = (story: Told, step = 1, minute = 0, more: Partial<GiveContext> = {}) => {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute)) as { ok: true; value: SessionNow }
  return spoken(giveGates(story.chart, session.value, protocol as Protocol, step, giving(minute, more)))
}
