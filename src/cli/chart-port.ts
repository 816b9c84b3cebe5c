import type { EntryDraft, StoredEntry } from '../core/chart/entry.ts'
import type { Head } from '../core/chart/verify.ts'
import type { KnownPatient } from '../core/fhir/import/plan.ts'
import type { Identity } from '../core/fhir/import/patient.ts'
import type { ExportSetting } from '../core/fhir/export/writing.ts'
import type { AggregateFile } from '../core/registry/aggregate/file.ts'
import type { RegistryConsents, RegistrySetting } from '../server/registry.ts'
import type { KeptFile } from '../server/store/files.ts'

/** All that the command line asks of a practice's charts. The store answers it; tests answer it from memory. */
export interface ChartPort {
  readonly practice: string
  /** The device under which entries from the command line are written. */
  readonly device: string
  /** People who already have a chart and share a number, or the name and birth date, with this one. May give too many. */
  findPatients(like: Identity): Promise<readonly KnownPatient[]>
  /** Every entry of the chart's own stream, in the order of the numbers; undefined where there is no such chart. */
  readStream(chart: string): Promise<readonly StoredEntry[] | undefined>
  /** The files that entries of the chart name and that have arrived, by their digest. */
  readFiles(chart: string, entries: readonly StoredEntry[]): Promise<ReadonlyMap<string, KeptFile>>
  /** The end of a stream as the store keeps it beside the entries. */
  headOf(chart: string): Promise<Head | undefined>
  /** Opens the chart where there is none, and appends: everything in one transaction, or nothing. Throws when nothing was stored. */
  writeImport(chart: NewChart, entries: readonly EntryDraft[]): Promise<void>
  charts(): Promise<readonly string[]>
  about(chart: string): Promise<Pick<ExportSetting, 'practice' | 'people' | 'identifiers' | 'baseUrl'> & { readonly zone: string }>
  /** The way to what may leave for a registry. */
  registry(now: string): Promise<RegistryPort>
  close(): Promise<void>
}

/** All that the command line asks of a practice for a registry. */
export interface RegistryPort extends RegistrySetting {
  /** Name of the practice in what it gives away. */
  readonly alias: string
  consents(): Promise<RegistryConsents>
  /** The charts' own entries, each up to a number where one is given. */
  read(charts: readonly string[]): Promise<ReadonlyMap<string, readonly StoredEntry[]>>
  aggregate(): Promise<AggregateFile>
  /** Who gave what away, and a line on each chart that it was in: what a patient reads when she asks who looked. */
  note(action: 'registry.exported' | 'registry.aggregated', detail: object, charts: readonly string[]): Promise<void>
}

/** What the spine of a chart shows, taken from the demographics that are written with it. */
export interface NewChart {
  readonly chart: string
  readonly identity: Identity
  readonly givenName?: string
  readonly familyName?: string
  readonly deceasedOn?: string
}

/** The practice's charts cannot be reached from here; the message is for the person at the keyboard. */
export class CannotReach extends Error {
  override name = 'CannotReach'
}
