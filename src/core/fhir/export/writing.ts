import type { Chart } from '../../chart/chart.ts'
import type { Entry, EntryOf } from '../../chart/entry.ts'
import type { BodyOf, EntryKind } from '../../chart/kinds.ts'
import type { Instant } from '../../shared/time.ts'
import type { InstrumentCodes } from '../codes.ts'
import type { Reference, Resource } from './resource.ts'

/** What an export is told from outside, besides the chart. */
export interface ExportSetting {
  readonly practice: { readonly id: string; readonly name: string; readonly phone?: string }
  readonly people: readonly { readonly id: string; readonly name: string; readonly role: string; readonly npi?: string }[]
  readonly chart: string
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  /** Where resources of this practice have their address, such as `https://clinic.example/fhir`. */
  readonly baseUrl: string
  readonly now: Instant
  readonly instruments: readonly InstrumentCodes[]
  /** The total of a set of answers; null while one is missing or the instrument has none. */
  readonly totalOf: (instrument: string, answers: BodyOf<'measure-answered.v1'>['answers']) => number | null
  /** The bytes of the files that this chart names and that are here, as base64 by their digest. */
  readonly files?: ReadonlyMap<string, string>
  readonly medicineCodes?: Readonly<Partial<Record<BodyOf<'order.v1'>['medication'], { readonly system: string; readonly code: string; readonly display?: string }>>>
}

/** What the writer of one entry may look at besides the entry. */
export interface Writing {
  readonly setting: ExportSetting
  readonly chart: Chart
  readonly patient: Reference
  /** A person by name; as a resource of this bundle where they are one of the people given. */
  readonly person: (id: string) => Reference
  /** The visit a medicine session belongs to, or the session itself. */
  readonly encounter: (session: string | undefined) => Reference | undefined
}

export type Writer<Kind extends EntryKind> = (entry: EntryOf<Kind>, writing: Writing) => readonly Resource[]

/** What every resource about this person and this moment says. */
export const about = (entry: Entry, writing: Writing) => ({ subject: writing.patient, encounter: writing.encounter(entry.session) })
