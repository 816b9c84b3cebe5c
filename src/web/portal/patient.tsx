import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react'
import type { CourseNow } from '../../core/course/course.ts'
import type { Step } from '../../core/course/step.ts'
import type { DueMeasure } from '../../core/measures/due.ts'
import type { Instant } from '../../core/shared/time.ts'
import type { UsedChart } from '../sync/chart-on-device.ts'
import type { Me } from '../sync/device.ts'
import { call, useChart, useDevice, useNow } from '../sync/index.ts'
import { useAsked, type Asked } from './ask.ts'
import { isKeptFor, keepPlan, dropPlan, keptPlan } from './safety/kept-plan.ts'
import { dayOf } from './times.ts'

/** What the server shows a person of her own course: what comes next, and what is asked of her now. */
export interface CourseSeen extends Pick<CourseNow, 'stage' | 'steps' | 'counts' | 'visits'> {
  readonly next: Step | null
  readonly openSession: string | null
  /** Up to which entry of the chart it was worked out. */
  readonly asOf?: number
  readonly measures: readonly DueMeasure[]
  /** For how long her own course lets a safety plan count; missing where nobody knows her course. */
  readonly safetyPlanWithinDays?: number
}

export interface PracticeSeen {
  readonly name: string
  readonly phone: string
  readonly hours: string
  readonly place: string
  readonly crisisLine: string
  /** Under which name the practice writes to employers and schools. */
  readonly letterName: string
  /** What else the practice set, for screens that ask for it by name. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Asked and answered, or asked in vain. */
  readonly known: boolean
}

/** The person signed in, her chart as this device has it, and what the server says about her course. */
export interface Patient {
  readonly me: Me
  readonly chartId: string
  readonly used: UsedChart
  readonly course: Asked<CourseSeen>
  readonly practice: PracticeSeen
  readonly zone: string
  readonly now: Instant
}

const PatientContext = createContext<Patient | null>(null)

export function usePatient(): Patient {
  const patient = useContext(PatientContext)
  if (!patient) throw new Error('usePatient needs a <PatientPlace> above it')
  return patient
}

const always = () => true

/** Gives every screen below what it needs of the person signed in. */
export function PatientPlace({ chartId, children }: { readonly chartId: string; readonly children: ReactNode }) {
  const { me } = useDevice()
  const used = useChart(chartId)
  const now = useNow(30_000)
  const { zone } = me.practice
  const newest = used.chart.entries.reduce((most, { seq = 0 }) => Math.max(most, seq), 0)
  const course = useAsked(`course ${chartId}`, async () => (await call('course', { params: { chart: chartId } })).course as CourseSeen, `${newest} ${used.connection} ${dayOf(now, zone)}`, ({ asOf = 0 }) => asOf >= newest)
  const asked = useAsked(`practice ${me.practice.id}`, () => call('practice'), used.connection, always)
  const practice = useMemo(() => practiceSeen(me.practice.name, asked.value?.settings, asked.failure !== undefined), [me.practice.name, asked.value, asked.failure])
  useKeepingPlan(me.person, used, practice)
  const patient = useMemo(() => ({ me, chartId, used, course, practice, zone, now }), [me, chartId, used, course, practice, zone, now])
  return <PatientContext value={patient}>{children}</PatientContext>
}

/** For tests and for whoever has these things already. */
export const GivenPatient = ({ patient, children }: { readonly patient: Patient; readonly children: ReactNode }) => <PatientContext value={patient}>{children}</PatientContext>

function practiceSeen(name: string, settings: Readonly<Record<string, unknown>> | undefined, failed: boolean): PracticeSeen {
  const kept = keptPlan()?.practice
  const text = (key: string, other = '') => (typeof settings?.[key] === 'string' ? settings[key] as string : other)
  return { name, phone: text('phone', kept?.phone), hours: text('hours', kept?.hours), place: text('place'), crisisLine: text('crisisLine'), letterName: text('letterName'), settings: settings ?? {}, known: settings !== undefined || failed }
}

/** Once it was seen here it opens without the network; a new version replaces the old one. */
function useKeepingPlan(person: string, { chart }: UsedChart, practice: PracticeSeen) {
  const plan = chart.latest('safety-plan.v1')
  useEffect(() => {
    if (keptPlan() && !isKeptFor(person)) dropPlan()
    if (plan) keepPlan({ person, writtenAt: plan.at, plan: plan.body, practice: { name: practice.name, phone: practice.phone, hours: practice.hours } })
  }, [person, plan, practice])
}

/** The names of the people on her team who hold a role, as she knows them. */
export function namesOf({ used }: Pick<Patient, 'used'>, ...roles: readonly string[]): readonly string[] {
  return (used.head?.team ?? []).filter(({ role }) => roles.includes(role)).map(({ name }) => name)
}

/** Who wrote something, in words; she herself is "you". */
export function whoWrote({ used, me, practice }: Pick<Patient, 'used' | 'me' | 'practice'>, person: string): string {
  if (person === me.person) return 'You'
  return used.head?.team.find((each) => each.person === person)?.name ?? practice.name
}
