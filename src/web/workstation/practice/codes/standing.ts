import { createContext } from 'react'
import { faulty, verdictWords, type CodeVerdict } from '../../../../core/codes/check-codes.ts'
import { systemNames, type CodeSystem } from '../../../../core/codes/code.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { plainDay } from '../../times.ts'
import { book } from '../book/book.ts'

export type CodesNow = Response<'rulebookCodes'>
export type CodeNow = CodesNow['codes'][number]

/** Codes of one row that stand alike: of one system, with one answer. */
export interface CodeLine {
  readonly key: string
  readonly says: string
  /** Nobody has held them against the official table, or it says something else than we do. */
  readonly mark?: string
}

export interface CodesHere { readonly now: CodesNow; readonly zone: string }
export const CodesContext = createContext<CodesHere | undefined>(undefined)

export const NOT_VERIFIED = 'not verified against the official table'
const systems = Object.keys(systemNames) as CodeSystem[]
const verdicts: readonly CodeVerdict[] = [...faulty, 'discouraged', 'heading', 'not-compared', 'there']
export const isFaulty = ({ verdict }: CodeNow): boolean => faulty.includes(verdict)

/** The book prints rows of one kind under a name of their own: what stands before the point is not in the row's id. */
const KINDS: Readonly<Record<string, CodeSystem>> = { interaction: 'rxnorm', condition: 'icd10cm', instrument: 'loinc' }
function codesOf(id: string, { codes }: CodesNow): readonly CodeNow[] {
  const [, kind, row] = /^([a-z]+)\.(.+)$/.exec(id) ?? []
  const system = kind === undefined ? undefined : KINDS[kind]
  return system ? codes.filter((code) => code.system === system && code.usedBy.includes(row!)) : codes.filter(({ usedBy }) => usedBy.includes(id))
}

/** What is said under a row of the book about the codes it goes by. */
export function codeLines(id: string, { now, zone }: CodesHere): CodeLine[] {
  const own = codesOf(id, now)
  return systems.flatMap((system) => verdicts.flatMap((verdict): CodeLine[] => {
    const alike = own.filter((code) => code.system === system && code.verdict === verdict)
    if (alike.length === 0) return []
    const says = `${systemNames[system]} ${alike.map(named).join(', ')}`
    if (verdict === 'not-compared') return [{ key: `${system} ${verdict}`, says, mark: NOT_VERIFIED }]
    const where = `${verdictWords[verdict]}: ${comparedWith(system, now, zone)}`
    return [verdict === 'there' ? { key: `${system} ${verdict}`, says: `${says}, ${where}` } : { key: `${system} ${verdict}`, says: `${says}, ${comparedWith(system, now, zone)}`, mark: verdictWords[verdict] }]
  }))
}

const named = ({ system, code, prefix, says, official, verdict }: CodeNow): string =>
  `${code}${prefix ? ' and what begins so' : ''}${system === 'rxnorm' && says ? ` (${says}${verdict === 'named-otherwise' && official ? `; officially ${official}` : ''})` : ''}`

/** By which release of which file, and when. */
export function comparedWith(system: CodeSystem, { compared }: CodesNow, zone: string): string {
  const found = compared.find((one) => one.system === system)
  if (!found) return NOT_VERIFIED
  return `${found.files.map(({ file, release }) => `${file}${release ? `, release ${release}` : ', of a release its name does not say'}`).join(' and ')}, compared ${plainDay(localDay(found.at, zone))}`
}

export interface SystemCount { readonly system: CodeSystem; readonly all: number; readonly there: number; readonly otherwise: number; readonly open: number }
export function counts({ codes }: CodesNow): SystemCount[] {
  return systems.map((system) => {
    const own = codes.filter((code) => code.system === system)
    const [there, open] = [own.filter(({ verdict }) => verdict === 'there').length, own.filter(({ verdict }) => verdict === 'not-compared').length]
    return { system, all: own.length, there, open, otherwise: own.length - there - open }
  })
}

const printed = new Set(book.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules.map(({ id }) => id))))
/** Codes that no row of the book goes by, such as those under which readings are written into a record. */
export function elsewhere(now: CodesNow): readonly CodeNow[] {
  const inRows = new Set([...printed].flatMap((id) => codesOf(id, now)))
  return now.codes.filter((code) => !inRows.has(code))
}

/** What somebody has to look at, in words; nothing where the code was found or not compared. */
export const answerWords = ({ verdict }: CodeNow): string => (verdict === 'not-compared' ? NOT_VERIFIED : verdictWords[verdict])
export const codeWords = (code: CodeNow): string => `${systemNames[code.system]} ${code.code}${code.prefix ? ' and what begins so' : ''}${code.says ? `, ours: ${code.says}` : ''}${code.official ? `, officially: ${code.official}` : ''}`
