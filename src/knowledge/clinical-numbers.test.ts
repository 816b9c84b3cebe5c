import { readFileSync, readdirSync } from 'node:fs'
import { parseSync } from 'vite'
import { describe, expect, test } from 'vitest'

/**
 * No number of clinical meaning stands outside this room. The code of core, server and web is read as a tree: a number
 * is suspect where it is compared with, named by, or handed to something clinical, and a text where a number carries a
 * unit. What a name does not give away, this cannot see; below stands what it does see, with why it may stand there.
 */
interface Found { readonly file: string; readonly line: number; readonly found: string; readonly about: string }
interface Allowed { readonly file: string; readonly found: readonly string[] | 'any'; readonly about?: RegExp; readonly because: string }

const bounds = 'Bounds of the possible, so that a slip of the keyboard is not stored; they judge nobody.'
const sevenDays = 'Seven days are the span that the row’s own name says (maxDosesPerSevenDays); how many doses it holds is the row’s.'
const lengths = 'Lengths of texts and lists that may be sent.'
/** The number stands in the bounds of a schema, and is not compared with anything. */
const asSchema = /\bz\.(number|int|string|array|tuple)\b|\b(within|whole|scores)\(|strictObject/
const allowed: readonly Allowed[] = [
  { file: 'core/chart/kinds/', found: 'any', because: `${bounds} The table of kinds is where they stand.` },
  { file: 'core/chart/facts.ts', found: 'any', because: bounds },
  ...['core/dosing/questions.ts', 'core/outcomes/questions.ts', 'core/plasma/questions.ts', 'core/session/questions.ts'].map((file): Allowed => ({ file, found: 'any', about: asSchema, because: `${bounds} These read a question asked at the command line.` })),
  { file: 'core/registry/aggregate/file.ts', found: ['5'], about: asSchema, because: `${bounds} How many grades there are.` },
  { file: 'core/dosing/questions.ts', found: ['5'], about: /minMoaaS/, because: 'The top of the scale: a question at the command line tells what is remarkable. No chart is read that way.' },
  { file: 'core/contract/', found: 'any', because: lengths },
  { file: 'core/outcomes/maintenance.ts', found: ['7'], because: sevenDays },
  { file: 'core/scheduling/check-order.ts', found: ['7'], because: sevenDays },
  { file: 'core/scheduling/layers.ts', found: ['1'], because: 'Tells a dose of this course from one of an earlier course, which is counted below one.' },
  { file: 'core/session/give-gates.ts', found: ['1'], because: 'Asks whether a second dose was given already.' },
  { file: 'core/session/hand-over.ts', found: ['1'], because: 'A sum is said where there is more than one dose.' },
  { file: 'web/sync/files.ts', found: ['3'], about: /openDB/, because: 'The version of what lies on a device.' },
  { file: 'web/sync/database.ts', found: ['2'], because: 'The version of what lies on a device.' },
  { file: 'core/fhir/quantity.ts', found: ['10'], because: 'Degrees into tenths of a degree.' },
  { file: 'core/plasma/plasma.ts', found: ['1_000'], because: 'Milligrams a liter into nanograms a milliliter.' },
  { file: 'web/kit/plain/sound.ts', found: 'any', because: 'Tones: when each pulse begins, its pitch and its loudness.' },
  { file: 'server/outside/session-pdf.ts', found: 'any', about: /page\.(heading|table)\(|pen\.text\(|^\(?(weight|dash) /, because: 'Widths of columns and lines on paper.' },
  { file: 'server/http/problems.ts', found: ['409'], because: 'A status of the protocol between browser and server.' },
  { file: 'web/site/readability.ts', found: ['0.39', '11.8', '15.59'], because: 'The formula of a reading grade.' },
  { file: 'web/workstation/session/VitalsChart.tsx', found: ['80', '101'], because: 'How far an axis reaches; bands and alerts come from the rows.' },
  { file: 'web/workstation/session/VitalsChart.tsx', found: 'any', about: /fillText|pxRatio|bbox/, because: 'Where a label is drawn on the canvas, in pixels.' },
  { file: 'web/workstation/session/bluetooth/packets.ts', found: 'any', because: 'Places of bits in a packet of the Bluetooth standard, and what a millimetre of mercury is.' },
  { file: 'web/workstation/session/sheets/VitalsSheet.tsx', found: ['2', '3'], because: 'How many digits a key pad takes.' },
  { file: 'web/workstation/chart/facts/questions.ts', found: ['2'], because: 'How many decimals a field takes.' },
  { file: 'web/workstation/desk/CallDesk.tsx', found: ['1 minute'], because: 'Says how long a call has lasted so far.' },
  { file: 'web/workstation/desk/first-visit-clock.ts', found: ['1 day'], because: 'Says what is left of a row’s days.' },
]

interface Node { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

const clinical = /systolic|diastolic|mmhg|heartrate|respiratory|spo2|saturation|temperature|moaa|\brass\b|cadss|padss|aldrete|orientation|phq|\bgad|pcl5|madrs|qids|bdi|bpic|grade|dose|dosing|booster|ugper|mgper|weightg|bmi|heightmm|ageyears|\bage\b|pregnan|fasting|remission|relapse|distress|lorazepam|morphine|qtc|tsh|nyha|clearance|pressure|pulse|alcohol/i
const withUnit = /\b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|mmHg|ng\/mL|kg\/m²|percent\b|weeks?\b|hours?\b|days?\b|months?\b|minutes?\b|years?\b|points?\b)/

describe('what the scan sees', () => {
  test.each([
    ['a cut that is compared', 'const hold = (v: { systolicMmHg: number }) => v.systolicMmHg >= 160'],
    ['also of one', 'if (answers.phq9Item9 >= 1) open()'],
    ['a limit in a constant', 'const maxDoseUg = 130_000'],
    ['a limit in a table', 'export const limits = { heartRatePerMin: { above: 110 } }'],
    ['a default', 'function due(fastingMin = 120) { return fastingMin }'],
    ['a bound of a schema', 'const reading = { spo2Percent: z.int().min(94) }'],
    ['something handed on', 'const tooYoung = isBelow(ageYears, 18)'],
    ['a sum with a number in it', 'const late = dose.at + 120 * 60'],
    ['a sentence on a screen', 'const a = <p>No driving for 24 hours.</p>'],
    ['a dose in a text', 'const says = `Give ${name} 50 mg now`'],
  ])('%s', (_, code) => expect(numbersIn('web/a.tsx', code).length).toBeGreaterThan(0))

  test.each([
    ['units', 'const mg = doseUg / 1_000'],
    ['tenths', 'const shown = Math.round(bmi * 10) / 10'],
    ['a share of a row', 'const fell = (baseline - score) * 100 >= row.responsePercent * baseline'],
    ['nothing', 'if (doses.length > 0) show()'],
    ['how it is written', 'const text = (doseUg / weightG).toFixed(2)'],
    ['a width', 'const a = <Sheet reach="100%" />'],
    ['what is not clinical', 'const page = rows.slice(0, 20)'],
  ])('and leaves alone: %s', (_, code) => expect(numbersIn('web/a.tsx', code)).toEqual([]))
})

const files = ['core', 'server', 'web'].flatMap((room) => readdirSync(`src/${room}`, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name.replaceAll('\\', '/')}`))
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\/|fixtures\.tsx?$|\/cases\/|^server\/sample\//.test(file))
const found = files.flatMap((file) => numbersIn(file, readFileSync(`src/${file}`, 'utf8')))
const mayStand = ({ file, found: number, about }: Found, entry: Allowed) => file.startsWith(entry.file) && (entry.about?.test(about) ?? true) && (entry.found === 'any' || entry.found.includes(number))

test('hundreds of files were read', () => expect(files.length).toBeGreaterThan(300))

test('no number of clinical meaning stands in core, server or web', () => {
  expect(found.filter((one) => !allowed.some((entry) => mayStand(one, entry))).map(({ file, line, found: number, about }) => `src/${file}:${line}: ${number} (${about})`)).toEqual([])
})

test('nothing is allowed that is not there any more, and each has its reason', () => {
  expect(allowed.filter((entry) => !found.some((one) => mayStand(one, entry))).map(({ file }) => file)).toEqual([])
  for (const entry of allowed) {
    expect(entry.because.length, entry.file).toBeGreaterThan(20)
    if (entry.found !== 'any') for (const number of entry.found) expect(found.some((one) => one.file.startsWith(entry.file) && one.found === number), `${entry.file} ${number}`).toBe(true)
  }
})

function numbersIn(file: string, code: string): Found[] {
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file} cannot be read`)
  const text = ({ start, end }: Node) => code.slice(start, end)
  const suspects: Found[] = []
  const note = (node: Node, what: string, about: string) => suspects.push({ file, line: code.slice(0, node.start).split('\n').length, found: what, about: about.replace(/\s+/g, ' ').slice(0, 100) })
  const visit = (node: unknown, up: readonly Node[]): void => {
    if (Array.isArray(node)) return node.forEach((one) => visit(one, up))
    if (!isNode(node)) return
    if (node.type === 'Literal' && typeof node.value === 'number') {
      const about = contextOf(node, up, text)
      if (about !== undefined) note(node, text(node), about)
    }
    const measured = measuredIn(node)
    if (measured !== undefined) note(node, measured, 'a number with its unit')
    for (const [key, value] of Object.entries(node)) if (key !== 'type') visit(value, [...up, node])
  }
  visit(program.body, [])
  return suspects
}

/** What a number is about, if that is clinical; nothing for units, for how something is written, and for nought. */
function contextOf(node: Node, up: readonly Node[], text: (node: Node) => string): string | undefined {
  const value = node.value as number
  const parent = up.at(-1)
  const compared = parent?.type === 'BinaryExpression' && /^[<>]=?$/.test(String(parent.operator))
  if (value === 0 || (value === 1 && !compared)) return undefined
  if (parent?.type === 'BinaryExpression' && /^[*/]$/.test(String(parent.operator)) && [10, 60, 100, 1_000, 1_000_000].includes(value)) return undefined
  const about = scopeOf(up).flatMap((one) => namesOf(one, text)).join(' ~ ')
  if (/\.(toFixed|slice|padStart|padEnd|toPrecision)\(/.test(parent?.type === 'CallExpression' ? text(parent) : '')) return undefined
  return clinical.test(about) ? about : undefined
}

/** The nodes around a number, from the nearest out to what names it or to the end of its statement. */
function scopeOf(up: readonly Node[]): Node[] {
  const around = up.toReversed()
  const end = around.findIndex((one) => /Function|Statement$|^VariableDeclarator$|^AssignmentPattern$|^JSXAttribute$/.test(one.type))
  return end === -1 ? around : around.slice(0, end + (/^(VariableDeclarator|AssignmentPattern|JSXAttribute)$/.test(around[end]?.type ?? '') ? 1 : 0))
}

function namesOf(node: Node, text: (node: Node) => string): string[] {
  const named = { Property: node.key, VariableDeclarator: node.id, AssignmentPattern: node.left, JSXAttribute: node.name }[node.type]
  if (isNode(named)) return [text(named)]
  return node.type === 'BinaryExpression' || node.type === 'CallExpression' ? [text(node).slice(0, 160)] : []
}

function measuredIn({ type, value }: Node): string | undefined {
  const words = type === 'TemplateElement' ? (value as { cooked: string | null }).cooked : (type === 'Literal' || type === 'JSXText') && typeof value === 'string' ? value : null
  return words === null ? undefined : withUnit.exec(words)?.[0]
}
