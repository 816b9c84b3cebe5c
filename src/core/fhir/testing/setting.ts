import type { Entry, EntryDraft } from '../../chart/entry.ts'
import { canonical } from '../../shared/canonical.ts'
import { readBundle, type BundleReading } from '../import/bundle.ts'
import { planPatient, type KnownPatient, type PatientPlan } from '../import/plan.ts'
import type { ImportSetting } from '../import/reading.ts'
import type { Sha256 } from '../sha256.ts'
import { instruments } from './instruments.ts'

/** Tests only. */
export const settingWith = (sha256: Sha256, over: Partial<ImportSetting> = {}): ImportSetting => ({
  practice: '0193a000-0000-7000-8000-000000000001', source: 'county-clinic', device: '0193a000-0000-7000-8000-000000000002',
  now: '2026-11-21T17:00:00.000Z', adultFromYears: 18, instruments, sha256, ...over,
})

/** A stored chart as the plans before it left it. */
export const store = (written: readonly Entry[], drafts: readonly EntryDraft[]): Entry[] => [
  ...written, ...drafts.map((draft, place) => ({ ...draft, by: '0193a000-0000-7000-8000-000000000003', seq: written.length + place + 1, receivedAt: draft.writtenAt, digest: '0'.repeat(64) }) as Entry),
]

export interface Imported { readonly reading: BundleReading; readonly plans: readonly PatientPlan[] }

/** Reads and plans a whole file; a refused file is an error in these tests. */
export function importAll(input: unknown, setting: ImportSetting, charts: ReadonlyMap<string, readonly Entry[]> = new Map(), known: readonly KnownPatient[] = []): Imported {
  const read = readBundle(input, setting)
  if (!read.ok) throw new Error(read.refusal.says)
  return { reading: read.value, plans: read.value.patients.map((patient) => planPatient(patient, read.value, charts.get(patient.chart) ?? [], known, setting)) }
}

export const planOf = (imported: Imported, resource: string): PatientPlan => {
  const plan = imported.plans.find((one) => one.resource === resource)
  if (!plan) throw new Error(`no plan for ${resource}: ${canonical(imported.plans.map((one) => one.resource))}`)
  return plan
}
