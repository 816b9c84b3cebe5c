import { ageOn } from '../../shared/time.ts'
import { ok, refuse, type Result } from '../../shared/result.ts'
import { readAnswers } from './answers.ts'
import { gather, type Item } from './gather.ts'
import { readAllergy, readCondition, readMedicationRequest } from './history.ts'
import { contentSha256, namedId } from './ids.ts'
import { alike } from './alike.ts'
import { readObservation } from './observation.ts'
import { identityOf, readPatient, type Identity } from './patient.ts'
import { broken, skipped, type ImportSetting, type Reading, type Surroundings } from './reading.ts'
import type { ImportRefusal } from './refusal.ts'

/** One resource of the file, what it says, and the digest by which a change of it is noticed. */
export interface ReadResource {
  /** `Condition/123`, or where it stood in the file when it has no name. */
  readonly resource: string
  readonly sha256: string
  readonly reading: Reading
}

/** Everything a file holds about one person. */
export interface PatientReading {
  readonly resource: string
  /** The chart this person has or will have: always the same one for the same record of the same source. */
  readonly chart: string
  readonly identity: Identity
  readonly flags: readonly ('child' | 'deceased')[]
  /** Other records of the same file that may be this person. */
  readonly possibleDuplicateOf: readonly string[]
  readonly resources: readonly ReadResource[]
}

export interface BundleReading {
  readonly patients: readonly PatientReading[]
  /** Resources that are about nobody in the file. */
  readonly others: readonly ReadResource[]
  /** Why nothing of this file may be stored at all: a broken resource whose owner nobody can name. */
  readonly blockedBy: readonly ReadResource[]
}

/**
 * Reads a FHIR R4 file: a Bundle, a list of resources, one resource, or the JSON text of any of these (also one
 * resource a line). Every resource is accounted for. Nothing is stored here and nothing is decided about a chart:
 * `planPatient` does that, once the chart has been read.
 */
export function readBundle(input: unknown, setting: ImportSetting): Result<BundleReading, ImportRefusal> {
  const gathered = gather(input)
  if (!gathered.ok) return refuse(gathered.refusal)
  const { items, ownerOf, find } = gathered.value
  const people = items.filter((item) => item.type === 'Patient' && !item.problem && !item.repeated)
  const identities = new Map(people.map((item) => [item.name, identityOf(item.resource)]))
  const ofPerson = new Map<string, ReadResource[]>(people.map((item) => [item.name, []]))
  const others: ReadResource[] = []
  const blockedBy: ReadResource[] = []
  for (const item of items) {
    const owner = ownerOf(item)
    const person = owner.patient === undefined ? undefined : ofPerson.get(owner.patient)
    const read = readItem(item, owner.problem, { setting, find: (reference) => find(reference, item), ...bornOn(identities.get(owner.patient ?? '')) })
    if (person) person.push(read)
    else if (read.reading.becomes === 'broken') blockedBy.push(read)
    else others.push(read)
  }
  const patients = people.map((item) => personOf(item, ofPerson.get(item.name) ?? [], identities, setting))
  return ok({ patients, others, blockedBy })
}

const readers: Record<string, (resource: unknown, around: Surroundings) => Reading> = {
  Patient: (resource, { setting }) => readPatient(resource, setting),
  Condition: readCondition, MedicationRequest: readMedicationRequest, AllergyIntolerance: readAllergy,
  Observation: readObservation, QuestionnaireResponse: readAnswers,
}
/** The types that become entries; all others are named in the plan and left behind. */
export const importedTypes: readonly string[] = Object.keys(readers)

function readItem(item: Item, ownerProblem: string | undefined, around: Surroundings): ReadResource {
  const imported = Object.hasOwn(readers, item.type)
  if (item.type !== '' && !imported) return { resource: item.name, sha256: '', reading: skipped(sayLeft(item.type)) }
  const problem = item.problem ?? ownerProblem
  if (problem !== undefined) return { resource: item.name, sha256: item.readable ? contentSha256(around.setting.sha256, item.resource, []) : '', reading: broken(problem) }
  const alongside = item.type === 'MedicationRequest' ? [medicationOf(item, around)] : []
  const sha256 = contentSha256(around.setting.sha256, item.resource, alongside)
  if (item.repeated) return { resource: item.name, sha256, reading: skipped('The same resource stands in the file twice; it was read once.') }
  const read = imported ? readers[item.type] : undefined
  return { resource: item.name, sha256, reading: read?.(item.resource, around) ?? skipped(sayLeft(item.type)) }
}

const sayLeft = (type: string) => (type === 'Medication' ? 'Read where a prescription refers to it.' : `${type} resources have no place on a chart yet.`)

/** The medicine a prescription points at is part of what the prescription says. */
function medicationOf(item: Item, around: Surroundings): unknown {
  const pointer = item.resource['medicationReference']
  const reference = typeof pointer === 'object' && pointer !== null && 'reference' in pointer ? pointer.reference : undefined
  return typeof reference === 'string' ? (around.find(reference) ?? null) : null
}

const bornOn = (identity: Identity | undefined) => (identity?.birthDate ? { birthDate: identity.birthDate } : {})

function personOf(item: Item, resources: readonly ReadResource[], identities: ReadonlyMap<string, Identity>, setting: ImportSetting): PatientReading {
  const identity = identities.get(item.name) ?? { names: [], identifiers: [] }
  const own = resources.find((one) => one.resource === item.name)?.reading
  const body = own?.becomes === 'facts' ? own.facts.find((fact) => fact.kind === 'demographics.v1')?.body : undefined
  const demographics = body && 'givenName' in body ? body : undefined
  const child = demographics !== undefined && ageOn(demographics.birthDate, demographics.deceasedOn ?? setting.now.slice(0, 10)) < setting.adultFromYears
  return {
    resource: item.name,
    chart: namedId(setting.sha256, 'chart', setting.practice, setting.source, item.name),
    identity,
    flags: [...(child ? (['child'] as const) : []), ...(demographics?.deceasedOn ? (['deceased'] as const) : [])],
    possibleDuplicateOf: [...identities].flatMap(([name, other]) => (name !== item.name && alike(identity, other) ? [name] : [])),
    resources,
  }
}
