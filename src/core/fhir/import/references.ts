import type { Item } from './gather.ts'

/** Who a resource is about: a patient of the file, or why nobody can say. Neither for resources about nobody. */
export interface Owner {
  readonly patient?: string
  readonly problem?: string
}

export type Find = (reference: string) => Item | undefined

/** Finds a resource of the file by a reference to it: by its full address, or by type and id. */
export function references(items: readonly Item[]): Find {
  const byAddress = new Map<string, Item>()
  const byName = new Map<string, Item>()
  for (const item of items) {
    if (!item.readable) continue
    if (item.fullUrl !== undefined && !byAddress.has(item.fullUrl)) byAddress.set(item.fullUrl, item)
    if (!byName.has(item.name)) byName.set(item.name, item)
  }
  return (reference) => {
    const plain = reference.trim().replace(/\/_history\/[A-Za-z0-9\-.]+$/, '')
    const addressed = byAddress.get(plain)
    if (addressed) return addressed
    if (!/^[a-z][a-z0-9+.-]*:/i.test(plain)) return byName.get(plain)
    // An absolute address means a resource of this file only where that resource gives no address of its own.
    const named = byName.get(plain.split('/').slice(-2).join('/'))
    return named?.fullUrl === undefined ? named : undefined
  }
}

/** A resource inside the resource itself, referred to as `#id`. */
export function contained(reference: string, resource: Readonly<Record<string, unknown>>): unknown {
  if (!reference.startsWith('#')) return undefined
  const inside = resource['contained']
  return Array.isArray(inside) ? inside.find((one: unknown) => typeof one === 'object' && one !== null && 'id' in one && one.id === reference.slice(1)) : undefined
}

/** Where each type says whom it is about. Types not named here are looked at for both. */
const ownerField: Record<string, string> = { AllergyIntolerance: 'patient', Condition: 'subject', MedicationRequest: 'subject', Observation: 'subject', QuestionnaireResponse: 'subject' }

export function ownersOf(items: readonly Item[], find: Find): (item: Item) => Owner {
  const numbers = numbersOf(items)
  return (item) => {
    if (item.type === 'Patient') return item.problem ? {} : { patient: item.name }
    if (item.type === '') return {}
    const field = ownerField[item.type]
    if (field !== undefined) return ownerBy(item.resource[field], field, find, numbers)
    const owner = [item.resource['subject'], item.resource['patient']].map((pointer) => ownerBy(pointer, 'subject', find, numbers)).find((one) => one.patient !== undefined)
    return owner ?? {}
  }
}

function ownerBy(pointer: unknown, field: string, find: Find, numbers: ReadonlyMap<string, string>): Owner {
  if (typeof pointer !== 'object' || pointer === null) return { problem: `It does not say whose it is: ${field} is missing.` }
  const { reference, identifier } = pointer as { readonly reference?: unknown; readonly identifier?: unknown }
  if (typeof reference === 'string' && reference.trim() !== '') {
    const found = find(reference)
    if (found?.type === 'Patient') return found.problem ? { problem: `It is about ${found.name}, which cannot be read.` } : { patient: found.name }
    if (found) return { problem: `Its ${field} is ${found.name}, which is not a patient.` }
    return { problem: `Its ${field} is ${reference.slice(0, 120)}, and no such patient is in the file.` }
  }
  const patient = numbers.get(numberOf(identifier) ?? '')
  return patient === undefined ? { problem: `It does not say whose it is: ${field} names no patient of the file.` } : { patient }
}

/** Patients by the numbers other systems give them; a number two records share names neither. */
function numbersOf(items: readonly Item[]): Map<string, string> {
  const owners = new Map<string, string>()
  const shared = new Set<string>()
  for (const item of items.filter((one) => one.type === 'Patient' && !one.problem)) {
    const given = item.resource['identifier']
    for (const number of Array.isArray(given) ? given.map(numberOf) : []) {
      if (number === undefined) continue
      if (owners.has(number) && owners.get(number) !== item.name) shared.add(number)
      owners.set(number, item.name)
    }
  }
  for (const number of shared) owners.delete(number)
  return owners
}

function numberOf(identifier: unknown): string | undefined {
  if (typeof identifier !== 'object' || identifier === null) return undefined
  const { system, value } = identifier as { readonly system?: unknown; readonly value?: unknown }
  return typeof value === 'string' && value.trim() !== '' ? `${typeof system === 'string' ? system : ''}|${value.trim()}` : undefined
}
