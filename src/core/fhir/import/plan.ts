import { readChart } from '../../chart/chart.ts'
import { corrects } from '../../chart/corrections.ts'
import type { Entry, EntryDraft, EntryOf } from '../../chart/entry.ts'
import type { Instant } from '../../shared/time.ts'
import { notAfter } from '../when.ts'
import { alike } from './alike.ts'
import type { BundleReading, PatientReading, ReadResource } from './bundle.ts'
import { namedId } from './ids.ts'
import type { Identity } from './patient.ts'
import { fit } from './pieces.ts'
import type { Fact, ImportSetting } from './reading.ts'

/** What becomes of one resource. */
export type Outcome =
  | { readonly resource: string; readonly becomes: 'entries'; readonly entries: readonly string[]; readonly note: string }
  | { readonly resource: string; readonly becomes: 'unchanged' }
  | { readonly resource: string; readonly becomes: 'skipped'; readonly reason: string }
  | { readonly resource: string; readonly becomes: 'broken'; readonly reason: string }

/** Somebody who already has a chart here. */
export interface KnownPatient extends Identity {
  readonly chart: string
}

export interface PatientPlan {
  readonly resource: string
  readonly chart: string
  readonly identity: Identity
  readonly flags: PatientReading['flags']
  /** Charts here, and records of the same file, that may be the same person. */
  readonly possibleDuplicateOf: readonly string[]
  readonly verdict: 'store' | 'unchanged' | 'refused'
  /** What to append, all of it or none; empty unless the verdict is `store`. */
  readonly entries: readonly EntryDraft[]
  readonly outcomes: readonly Outcome[]
  /** Why nothing of this person is stored. */
  readonly refusals: readonly string[]
}

/**
 * Plans what one person's part of a file does to their chart. Written as a whole or not at all: one broken
 * resource refuses all of them. What stands already is not written again; a resource whose content has changed
 * amends what it became before; what somebody here has corrected since is left as they corrected it.
 */
export function planPatient(reading: PatientReading, whole: BundleReading, written: readonly Entry[], known: readonly KnownPatient[], setting: ImportSetting): PatientPlan {
  const before = earlierImports(written, setting.source)
  const steps = reading.resources.map((resource) => planResource(resource, before, setting))
  const brokenHere = reading.resources.flatMap(sayBroken)
  const refusals = [...brokenHere, ...whole.blockedBy.flatMap(sayBroken).map((says) => `${says} Nobody can say whose it is.`)]
  const entries = refusals.length > 0 ? [] : steps.flatMap((step) => step.drafts)
  const { resource, chart, identity, flags } = reading
  return {
    resource, chart, identity, flags, refusals, entries,
    possibleDuplicateOf: [...reading.possibleDuplicateOf, ...known.filter((other) => other.chart !== chart && alike(identity, other)).map((other) => other.chart)],
    verdict: refusals.length > 0 ? 'refused' : entries.length > 0 ? 'store' : 'unchanged',
    outcomes: steps.map((step) => (refusals.length > 0 && step.outcome.becomes === 'entries' ? { ...step.outcome, becomes: 'skipped', reason: 'Held back: another resource of this person is broken.' } : step.outcome)),
  }
}

/** Whatever is about nobody in the file, told in the same words. */
export function planOthers(whole: BundleReading): Outcome[] {
  return [...whole.others, ...whole.blockedBy].map(({ resource, reading }) => {
    if (reading.becomes === 'broken') return { resource, becomes: 'broken', reason: reading.reason }
    return { resource, becomes: 'skipped', reason: reading.becomes === 'facts' ? 'It is about nobody in the file.' : reading.reason }
  })
}

const sayBroken = ({ resource, reading }: ReadResource) => (reading.becomes === 'broken' ? [`${resource}: ${reading.reason}`] : [])

interface Step { readonly outcome: Outcome; readonly drafts: readonly EntryDraft[] }
type Trace = EntryOf<'imported.v1'>
interface Earlier { readonly trace: (resource: string) => Trace | undefined; readonly standing: (id: string) => Entry | undefined; readonly has: (id: string) => boolean }

/** The last trace of each resource of this source. Written order decides: `at` may be equal within one import. */
function earlierImports(written: readonly Entry[], source: string): Earlier {
  const chart = readChart(written)
  const standing = new Map(chart.entries.map((entry) => [entry.id, entry]))
  const traces = new Map<string, Trace>()
  const inOrder = chart.all('imported.v1').toSorted((a, b) => (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER))
  for (const trace of inOrder) if (trace.body.source === fit(source, 300)) traces.set(trace.body.resource, trace)
  return { trace: (resource) => traces.get(resource), standing: (id) => standing.get(id), has: (id) => chart.entry(id) !== undefined }
}

function planResource({ resource, reading, sha256 }: ReadResource, earlier: Earlier, setting: ImportSetting): Step {
  const trace = earlier.trace(resource)
  if (reading.becomes === 'broken') return { outcome: { resource, becomes: 'broken', reason: reading.reason }, drafts: [] }
  if (trace?.body.sha256 === sha256) return { outcome: { resource, becomes: 'unchanged' }, drafts: [] }
  const gone = reading.becomes === 'skipped' || reading.becomes === 'taken-back'
  if (gone && (trace === undefined || trace.body.becameEntries.length === 0)) return { outcome: { resource, becomes: 'skipped', reason: reading.reason }, drafts: [] }
  const standing = (trace?.body.becameEntries ?? []).map((id) => earlier.standing(id))
  if (standing.includes(undefined)) {
    return { outcome: { resource, becomes: 'skipped', reason: 'The source has changed it, and somebody here has corrected it since it came in. The correction stays; compare the two by hand.' }, drafts: [] }
  }
  const old = standing.flatMap((entry) => (entry ? [entry] : []))
  return write({ resource, sha256, facts: gone ? [] : reading.facts, note: gone ? reading.reason : reading.note, after: trace?.id ?? '', old }, setting)
}

interface Writing { readonly resource: string; readonly sha256: string; readonly facts: readonly Fact[]; readonly note: string; readonly after: string; readonly old: readonly Entry[] }

function write({ resource, sha256, facts, note, after, old }: Writing, setting: ImportSetting): Step {
  const id = (part: string) => namedId(setting.sha256, setting.practice, setting.source, resource, sha256, after, part)
  const pairs = pair(facts, old)
  const drafts = pairs.made.map(({ fact, amends }, place) => draft(id(`fact ${place}`), fact, setting, amends))
  const becameEntries = drafts.map((one) => one.id)
  const trace: Fact = { kind: 'imported.v1', body: { source: fit(setting.source, 300), resource, sha256, becameEntries, note: fit(note, 500) } }
  // What the source no longer says is amended by the trace itself: it leaves the chart as it stands, and stays readable.
  const traces = (pairs.left.length > 0 ? pairs.left : [undefined]).map((left, place) => draft(id(`trace ${place}`), trace, setting, left?.id))
  return { outcome: { resource, becomes: 'entries', entries: becameEntries, note }, drafts: [...drafts, ...traces] }
}

/** New facts take the place of old entries about the same; what nothing takes the place of is left for the trace to take off. */
function pair(facts: readonly Fact[], old: readonly Entry[]): { readonly made: readonly { fact: Fact; amends?: string }[]; readonly left: readonly Entry[] } {
  const left = [...old]
  const take = (fits: (entry: Entry) => boolean) => {
    const place = left.findIndex(fits)
    return place === -1 ? undefined : left.splice(place, 1)[0]
  }
  const sameKind = facts.map((fact) => take((entry) => corrects(fact, entry)))
  const made = facts.map((fact, place) => {
    const entry = sameKind[place]
    return { fact, ...(entry && { amends: entry.id }) }
  })
  return { made, left }
}

function draft(id: string, fact: Fact, setting: ImportSetting, amends?: string): EntryDraft {
  const at: Instant = notAfter(fact.at ?? setting.now, setting.now)
  return { id, kind: fact.kind, at, writtenAt: setting.now, device: setting.device, body: fact.body, ...(amends && { amends }) } as EntryDraft
}
