import type { CodeSystem, ReleasedCode } from './code.ts'

/** Reads one line of an official release; nothing for a line that names no code. */
export type LineReader = (line: string) => ReleasedCode | undefined

export interface Release {
  readonly system: CodeSystem
  /** Which of its official forms the file has. */
  readonly form: string
  readonly read: LineReader
}

/**
 * Tells from the first line which official file this is:
 * ICD-10-CM's order file (five digits, the code, 0 for a heading or 1 for a code that can be billed, a short and a
 * long name, in fixed columns) or its plain list of codes; RxNorm's RXNCONSO.RRF; LOINC's Loinc.csv.
 */
export function releaseOf(firstLine: string): Release | undefined {
  const line = firstLine.replace(/^\uFEFF/, '').replace(/\r$/, '')
  if (ORDER.test(line)) return { system: 'icd10cm', form: 'ICD-10-CM order file', read: fromOrderFile }
  if (LIST.test(line)) return { system: 'icd10cm', form: 'ICD-10-CM list of codes', read: fromList }
  if (line.split('|').length === RXNCONSO_COLUMNS && /^\d+\|/.test(line)) return { system: 'rxnorm', form: 'RXNCONSO.RRF', read: fromRxnconso }
  return fromLoinc(line)
}

/**
 * Which release a file says it is by the name it is published under: the year of ICD-10-CM, the day of RxNorm (the
 * folder RxNorm_full_MMDDYYYY), the version of LOINC (the folder Loinc_2.80). Undefined where it was renamed.
 */
export function releaseNamed(system: CodeSystem, path: string): string | undefined {
  const [, first, second, third] = NAMED[system].exec(path.replaceAll('\\', '/')) ?? []
  return system === 'rxnorm' && third ? `${third}-${first}-${second}` : first
}
const NAMED: Readonly<Record<CodeSystem, RegExp>> = { icd10cm: /icd10cm[^/]*?(20\d\d)[^/]*$/i, rxnorm: /RxNorm_[^/]*?(\d\d)(\d\d)(20\d\d)\//i, loinc: /Loinc_(\d+\.\d+)[^/]*\//i }

/** The order file leaves out the point: F331 is F33.1. */
export const pointed = (code: string) => (code.length > 3 && !code.includes('.') ? `${code.slice(0, 3)}.${code.slice(3)}` : code)

const ORDER = /^\d{5} ([A-Z]\d[0-9A-Z]{1,5}) +([01]) (.{1,60}) (.+)$/
const fromOrderFile: LineReader = (line) => {
  const found = ORDER.exec(line.replace(/\r$/, ''))
  return found ? { system: 'icd10cm', code: pointed(found[1]!), name: found[4]!.trim(), ...(found[2] === '0' && { note: 'heading' as const }) } : undefined
}

const LIST = /^([A-Z]\d[0-9A-Z]{1,5}) +(\S.*)$/
const fromList: LineReader = (line) => {
  const found = LIST.exec(line.replace(/\r$/, ''))
  return found ? { system: 'icd10cm', code: pointed(found[1]!), name: found[2]!.trim() } : undefined
}

/** RXCUI|LAT|TS|LUI|STT|SUI|ISPREF|RXAUI|SAUI|SCUI|SDUI|SAB|TTY|CODE|STR|SRL|SUPPRESS|CVF| */
const RXNCONSO_COLUMNS = 19
const INGREDIENTS = ['IN', 'PIN', 'MIN']
const fromRxnconso: LineReader = (line) => {
  const cells = line.split('|')
  const [code, language, source, type, name, suppressed] = [cells[0], cells[1], cells[11], cells[12], cells[14], cells[16]]
  if (!code || !name || language !== 'ENG' || source !== 'RXNORM' || suppressed === 'Y') return undefined
  return { system: 'rxnorm', code, name, ...(!INGREDIENTS.includes(type ?? '') && { note: 'not-an-ingredient' as const }) }
}

const STATUS: Readonly<Record<string, ReleasedCode['note']>> = { DEPRECATED: 'deprecated', DISCOURAGED: 'discouraged' }
function fromLoinc(head: string): Release | undefined {
  const names = cellsOf(head)
  const [code, name, status] = ['LOINC_NUM', 'LONG_COMMON_NAME', 'STATUS'].map((column) => names.indexOf(column)) as [number, number, number]
  if (code < 0 || name < 0) return undefined
  return {
    system: 'loinc', form: 'Loinc.csv',
    read: (line) => {
      const cells = cellsOf(line.replace(/\r$/, ''))
      const note = STATUS[cells[status] ?? '']
      return cells[code] && /^\d+-\d$/.test(cells[code]) ? { system: 'loinc', code: cells[code], name: cells[name] ?? '', ...(note && { note }) } : undefined
    },
  }
}

/** The cells of one line. LOINC's own file keeps each record on one line. */
const cellsOf = (line: string): string[] => [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/g)].map(([, quoted, plain]) => (quoted === undefined ? plain ?? '' : quoted.replaceAll('""', '"')))
