import { canonical } from '../../shared/canonical.ts'
import { ok, refuse, type Result } from '../../shared/result.ts'
import { contained, ownersOf, references, type Owner } from './references.ts'
import type { ImportRefusal } from './refusal.ts'

/** One resource of a file, with the name it goes by and what keeps it from being read, if anything. */
export interface Item {
  /** `Type/id`; where one is missing, the place in the file. */
  readonly name: string
  readonly type: string
  readonly resource: Readonly<Record<string, unknown>>
  readonly fullUrl?: string
  readonly problem?: string
  /** Whether a digest can be taken of it. */
  readonly readable: boolean
  /** The same resource, word for word, stood earlier in the file. */
  readonly repeated: boolean
}

export interface Gathered {
  readonly items: readonly Item[]
  readonly ownerOf: (item: Item) => Owner
  readonly find: (reference: string, from: Item) => unknown
}

/** Finds every resource in what was handed in, whatever form it has, and who each one is about. */
export function gather(input: unknown): Result<Gathered, ImportRefusal> {
  const parsed = typeof input === 'string' ? parse(input) : ok(input)
  if (!parsed.ok) return parsed
  const entries = entriesOf(parsed.value)
  if (!entries) return refuse({ code: 'import.not-fhir', says: 'This is not a FHIR Bundle, a list of FHIR resources or one FHIR resource. Nothing was stored. Export the records again as FHIR R4 JSON.' })
  if (entries.length === 0) return refuse({ code: 'import.empty', says: 'The file holds no resource. Nothing was stored.' })
  const items = markRepeated(entries.map(nameItem))
  const index = references(items)
  return ok({ items, ownerOf: ownersOf(items, index), find: (reference, from) => contained(reference, from.resource) ?? index(reference)?.resource })
}

interface Raw { readonly resource: unknown; readonly fullUrl?: string; readonly place: string }

function parse(text: string): Result<unknown, ImportRefusal> {
  const whole = tryJson(text)
  if (whole.ok) return whole
  // One resource a line, as bulk exports write them.
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const each = lines.map(tryJson)
  const bad = each.findIndex((line) => !line.ok)
  if (lines.length > 1 && bad === -1) return ok(each.flatMap((line) => (line.ok ? [line.value] : [])))
  const where = lines.length > 1 && bad > 0 ? ` Line ${bad + 1} is the first that cannot be read.` : ''
  return refuse({ code: 'import.not-json', says: `The file is not valid JSON.${where} Nothing was stored. It may have been cut off on the way; export or copy it again.` })
}

function tryJson(text: string): Result<unknown, ImportRefusal> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return refuse({ code: 'import.not-json', says: 'The file is not valid JSON. Nothing was stored.' })
  }
}

function entriesOf(value: unknown): Raw[] | undefined {
  if (Array.isArray(value)) return value.flatMap((one, place) => bundleOf(one) ?? [{ resource: one, place: `item ${place + 1}` }])
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return undefined
  return value['resourceType'] === 'Bundle' ? bundleOf(value) : [{ resource: value, place: 'item 1' }]
}

/** A Bundle without a list of entries is no list at all; undefined lets the caller say so. */
function bundleOf(value: unknown): Raw[] | undefined {
  if (!isObject(value) || value['resourceType'] !== 'Bundle') return undefined
  const entries = value['entry'] ?? []
  if (!Array.isArray(entries)) return undefined
  return entries.map((entry: unknown, place) => {
    const { resource, fullUrl } = isObject(entry) ? entry : {}
    return { resource, place: `entry ${place + 1}`, ...(typeof fullUrl === 'string' && { fullUrl }) }
  })
}

function nameItem({ resource, fullUrl, place }: Raw): Item {
  const nothing = { name: place, type: '', resource: {}, readable: false, repeated: false }
  if (!isObject(resource)) return { ...nothing, problem: 'There is no resource here.' }
  const { resourceType: type, id } = resource
  if (typeof type !== 'string' || !/^[A-Z][A-Za-z]{1,60}$/.test(type)) return { ...nothing, problem: 'It does not say which type of resource it is.' }
  const named = id ?? fullUrl?.split(/[/:]/).at(-1)
  const unnamed = typeof named !== 'string' || !/^[A-Za-z0-9\-.]{1,64}$/.test(named)
  const unstorable = cannotStore(resource)
  const problem = unstorable ?? (unnamed ? 'It has no id by which it could be known again.' : undefined)
  return {
    name: unnamed ? `${type} (${place})` : `${type}/${named}`, type, resource, readable: unstorable === undefined, repeated: false,
    ...(fullUrl && { fullUrl }), ...(problem && { problem }),
  }
}

function markRepeated(items: readonly Item[]): Item[] {
  const seen = new Map<string, string>()
  const texts = items.map((item) => (item.readable && !item.problem ? canonical(item.resource) : undefined))
  const differing = new Set<string>()
  items.forEach((item, place) => {
    const text = texts[place]
    const before = seen.get(item.name)
    if (text === undefined) return
    if (before !== undefined && before !== text) differing.add(item.name)
    seen.set(item.name, before ?? text)
  })
  const met = new Set<string>()
  return items.map((item) => {
    if (item.problem) return item
    if (differing.has(item.name)) return { ...item, problem: 'It stands in the file more than once, with different content.' }
    const repeated = met.has(item.name)
    met.add(item.name)
    return { ...item, repeated }
  })
}

const DEEPEST = 64

/** What a chart cannot keep: endless numbers, characters a database refuses, and nesting without end. */
function cannotStore(resource: Readonly<Record<string, unknown>>): string | undefined {
  const rest: { readonly value: unknown; readonly depth: number }[] = [{ value: resource, depth: 0 }]
  for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
    const { value, depth } = one
    if (depth > DEEPEST) return 'It is nested too deeply to be read.'
    if (typeof value === 'number' && !Number.isFinite(value)) return 'It holds a number that is too large.'
    if (typeof value === 'string' && !storable(value)) return 'It holds a character that cannot be stored.'
    if (typeof value === 'object' && value !== null) {
      for (const [key, field] of Object.entries(value)) {
        if (!storable(key)) return 'It holds a character that cannot be stored.'
        rest.push({ value: field, depth: depth + 1 })
      }
    }
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return 'It holds something that JSON cannot.'
  }
  return undefined
}

const storable = (text: string) => !text.includes('\u0000') && !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
