import { describe, expect, test } from 'vitest'
import { estimate } from '../../core/money/estimate.ts'
import { estimateDocument, type EstimateDocument } from '../../core/money/estimate-document.ts'
import { superbill, type Superbill } from '../../core/money/superbill.ts'
import { billingRules, estimateRules, estimateWords, sampleFees } from '../../knowledge/fees.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { estimatePdf } from './estimate-pdf.ts'
import { readPdf } from './read-pdf.ts'
import { superbillPdf } from './superbill-pdf.ts'

const practice = { name: 'Alder House', address: '1 Example Street, Oakland, CA 94601', phone: '555-0100', tin: '12-3456789', npi: '1234567893', sample: true }
const provider = { name: 'Jo Lin', credentials: 'PhD', npi: '1245319599', licence: 'CA PSY 00000' }
const patient = { name: 'Mara Keller', birthDate: '1986-03-14', address: '2 Example Street, Oakland, CA 94601' }
const must = <Value>(result: { ok: true; value: Value } | { ok: false; refusal: readonly { says: string }[] }): Value => {
  if (!result.ok) throw new Error(result.refusal.map((one) => one.says).join(' '))
  return result.value
}
const bill = (name = patient.name): Superbill => must(superbill(
  { visit: 'v1', type: 'medicine', startedAt: '2026-03-16T17:00:00.000Z', endedAt: '2026-03-16T20:00:00.000Z', on: '2026-03-16', outcome: 'completed', diagnoses: [{ code: 'F33.2', says: 'major depression, recurrent, severe' }, { code: 'F43.10', says: 'post-traumatic stress disorder, unspecified' }], paidCents: 50_000 },
  sampleFees, practice, provider, { ...patient, name }, { number: 'SB-2026-0001', issuedOn: '2026-03-18', replaces: 'SB-2026-0000' }, billingRules,
))
const written: EstimateDocument = must(estimateDocument(
  { number: 'E-7', issuedOn: '2026-02-01', course: protocols['solo-six'].name, firstOn: '2026-02-16', patient, practice, providers: [provider], diagnoses: [], estimate: must(estimate(protocols['solo-six'], sampleFees, estimateRules)) },
  estimateWords.sentences, estimateRules,
))

describe('a superbill on paper', () => {
  test('says everything that the bill holds', async () => {
    const { text } = readPdf((await superbillPdf(bill())).bytes)
    for (const part of ['SB-2026-0001', 'SB-2026-0000', 'Mara Keller', '1986-03-14', '2 Example Street', 'Jo Lin, PhD', 'CA PSY 00000', '1245319599', 'Alder House', '555-0100', '1234567893', '12-3456789', 'F33.2', 'F43.10', 'A B', 'DEMO-05', '2026-03-16', '11', '3', '$225.00', '$675.00', '$500.00', '$175.00', 'Still open', 'Ask your plan']) expect(text).toContain(part)
  })
  test('of the sample practice says that it is no bill', async () => {
    expect(readPdf((await superbillPdf(bill())).bytes).text).toContain('this is not a bill')
  })
  test('prints nothing that hangs on the bill beside its fields', async () => {
    const { text } = readPdf((await superbillPdf({ ...bill(), note: 'hidden-words' } as Superbill)).bytes)
    expect(text).not.toContain('hidden-words')
  })
})

describe('an estimate on paper', () => {
  test('shows each line, the total, what stands apart, and the amount from which a bill may be disputed', async () => {
    const { text } = readPdf((await estimatePdf(written)).bytes)
    for (const part of ['E-7', '2026-02-16', 'Mara Keller', 'not settled before the first visit', 'DEMO-04', 'DEMO-05', '18', '$4,050.00', '$6,700.00', 'Arranged separately', 'DEMO-03', 'ask them', '$400.00', '$7,100.00', 'www.cms.gov/nosurprises']) expect(text).toContain(part)
  })
})

describe('every paper', () => {
  const printed = async () => [(await superbillPdf(bill())).bytes, (await estimatePdf(written)).bytes]
  test('is tagged, has a title and a language, and names its table heads', async () => {
    for (const bytes of await printed()) {
      const { source } = readPdf(bytes)
      expect(source.startsWith('%PDF-1.7')).toBe(true)
      for (const part of ['/Marked true', '/Lang (en-US)', '/StructTreeRoot', '/DisplayDocTitle true', '/S /H1', '/S /H2', '/S /Table', '/S /TH', '/S /TD', '/Scope /Column']) expect(source).toContain(part)
    }
  })
  test('has the same bytes when it is printed again', async () => {
    const [first, again] = [await printed(), await printed()]
    expect(first.map((bytes) => Buffer.from(bytes).toString('base64'))).toEqual(again.map((bytes) => Buffer.from(bytes).toString('base64')))
  })
  test('keeps all its text on the page, and no two lines on top of each other', async () => {
    for (const bytes of await printed()) {
      const { pieces } = readPdf(bytes)
      expect(pieces.length).toBeGreaterThan(40)
      for (const piece of pieces) expect(piece.x >= 54 && piece.x < 558 && piece.y > 40 && piece.y < 750).toBe(true)
      const places = pieces.map((piece) => `${piece.page} ${piece.x} ${piece.y}`)
      expect(new Set(places).size).toBe(places.length)
    }
  })
  test('breaks no word at the head of a column, and no date or amount', async () => {
    const texts = (await printed()).map((bytes) => readPdf(bytes).pieces.map((piece) => piece.text))
    for (const word of ['Date', 'Place', 'Code', 'Modifier', 'Service', 'Diagnosis', 'Units', 'Each', 'Charge', '2026-03-16', '$675.00', 'Meaning']) expect(texts[0]).toContain(word)
    for (const word of ['Service', 'Code', 'Visits', 'Units', 'Each', 'Expected charge', '$4,050.00']) expect(texts[1]).toContain(word)
  })
  test('goes on to further pages, each with its number', async () => {
    const long = { ...bill(), lines: Array.from({ length: 60 }, (_, i) => ({ ...bill().lines[0]!, code: `DEMO-${i}` })) }
    const { text, pieces } = readPdf((await superbillPdf(long)).bytes)
    const pages = Math.max(...pieces.map((piece) => piece.page))
    expect(pages).toBeGreaterThan(1)
    for (let page = 1; page <= pages; page += 1) expect(text).toContain(`page ${page} of ${pages}`)
    for (let i = 0; i < 60; i += 1) expect(text).toContain(`DEMO-${i}`)
  })
})

describe('names as people write them', () => {
  test.each(['Zoë Núñez-O’Brien', 'Łukasz Żółć', 'Şükrü Ağaoğlu', 'Nguyễn Thị Hương', 'Ελένη Παπαδοπούλου', 'Наталья Щербакова'])('%s', async (name) => {
    const { bytes, unprintable } = await superbillPdf(bill(name))
    expect(unprintable).toEqual([])
    const { pieces } = readPdf(bytes)
    const line = pieces.find((piece) => piece.text.startsWith('Name: '))
    const whole = pieces.filter((piece) => piece.page === line?.page && piece.y === line.y).map((piece) => piece.text).join('')
    expect(whole).toBe(`Name: ${name.normalize('NFC')}`)
  })
  test('a character that no font here has is reported, never dropped in silence', async () => {
    const { unprintable } = await superbillPdf(bill('李 Mara 😀'))
    expect(unprintable).toEqual(['李', '😀'])
  })
})
