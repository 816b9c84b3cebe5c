import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { DoseRoute } from '../../core/chart/kinds/clearance.ts'
import type { ClearanceNow } from '../../core/eligibility/clearance.ts'
import { latestByName } from '../../core/eligibility/listed-facts.ts'
import { downtimeSheet, NOT_RECORDED, type DowntimeSetting } from '../../core/session/downtime.ts'
import { at, begun, signature, told, zone, type Told } from '../../core/session/fixtures.ts'
import { emergencyCards } from '../../knowledge/emergency.ts'
import { jpeg } from '../../core/files/testing/media.ts'
import { recoveryScores } from '../../knowledge/recovery-scores.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { downtimePdf } from './downtime-pdf.ts'
import type { PaperSize } from './paper.ts'
import { readPdf } from './read-pdf.ts'

const sha256 = 'ab'.repeat(32)
const DAY = 1_440
const visit: BookedVisit = { visit: 'medicine-3', type: 'medicine', number: 3, startsAt: at(DAY), endsAt: at(DAY + 180), localStart: '2026-11-22T10:00', zone, people: [{ person: 'rosa', name: 'Rosa M.', role: 'therapist' }, { person: 'jun', name: 'Jun L.', role: 'monitor' }], room: { id: 'cedar', name: 'Cedar' }, online: false }
const clearance = { decision: 'cleared' as const, conditions: ['Pressure below 140/90 twice before the dose'], reason: 'Seen.', expiresOn: '2027-01-31', overrides: [], lastSeq: 1, screening: { edition: 'test', decision: 'CLEAR', met: [], unknown: [] }, signature: signature('dr-osei', 'Dr. Osei', -5 * DAY) }
const ordinary = (route: DoseRoute = 'IM'): Told => told(begun(route).entries.filter(({ id }) => id === 'order')).on(-20 * DAY, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14', emergencyContact: { name: 'Theo Keller', phone: '555 0100', relationship: 'brother' } })
  .on(-9 * DAY, 'allergy.v1', { substance: 'penicillin', codes: [], reaction: 'hives', status: 'active' }).on(-9 * DAY, 'list-reviewed.v1', { list: 'allergies', none: false })
  .on(-9 * DAY, 'medication.v1', { name: 'sertraline', codes: [], dosage: '100 mg', status: 'active' }).on(-9 * DAY, 'medication.v1', { name: 'lithium', codes: [], dosage: '', status: 'stopped' }).on(-9 * DAY, 'list-reviewed.v1', { list: 'medications', none: false })
  .on(-8 * DAY, 'weight.v1', { weightG: 80_000 }).on(-5 * DAY, 'clearance.v1', clearance, { id: 'clearance' })
  .on(-4 * DAY, 'agreements.v1', { touch: 'hands-only', touchNote: 'ask first', stopSignal: 'raised hand', lighterSignal: 'open palm', quietSignal: 'finger to the lips', grounding: ['feet on the floor'], music: '' })
  .on(-3 * DAY, 'escort-named.v1', { name: 'Theo Keller', phone: '555 0100', relationship: 'brother', adult: true, visit: 'medicine-3' })
const cleared = (story: Told, state: ClearanceNow['state'] = 'cleared'): ClearanceNow => ({ state, ...(story.chart.latest('clearance.v1') ? { entry: story.chart.latest('clearance.v1')!, endsAt: '2027-02-01T07:59:59.999Z' } : {}), newlyMet: [] })
const setting = (story: Told, more: Partial<DowntimeSetting> = {}): DowntimeSetting => ({
  patient: 'Mara Keller', practice: 'Harbor Street', phone: '555 0199', emergencyNumbers: 'Front desk: 555 0190', prescribers: ['Dr. Osei'], book: rulebook, cards: emergencyCards, scores: Object.values(recoveryScores), edition: '2026-11', clearance: cleared(story), weekly: undefined, zone,
  shown: (when) => new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(when)), day: (day) => day, ...more,
})
async function printed(story: Told, { size = 'LETTER' as PaperSize, replaced = undefined as string | undefined, ...more }: Partial<DowntimeSetting> & { size?: PaperSize; replaced?: string | undefined } = {}) {
  const { bytes, unprintable } = await downtimePdf([downtimeSheet(story.chart, visit, setting(story, more))], { size, printedOn: '2026-11-21', asOf: 'Nov 21, 2026, 6:00 PM', ...(replaced ? { replaced } : {}) })
  const { pieces } = readPdf(bytes)
  return { bytes, unprintable, pieces, text: pieces.map((piece) => piece.text).join(' ').replaceAll(/ +/g, ' '), dense: pieces.filter((piece) => !/ · page \d+ of \d+$/.test(piece.text)).map((piece) => piece.text).join('').replaceAll(/\s/g, ''), pages: Math.max(...pieces.map(({ page }) => page)) }
}
const PAGE = { LETTER: { width: 612, height: 792 }, A4: { width: 595.28, height: 841.89 } } as const

describe('the sheet for when nothing answers', () => {
  test.each<[DoseRoute, PaperSize]>((['IM', 'SL', 'IV', 'PO', 'IN-esketamine'] as const).flatMap((route) => [[route, 'LETTER'], [route, 'A4']] as [DoseRoute, PaperSize][]))('%s on %s is one page, and nothing lies outside it', async (route, size) => {
    const { pieces, pages } = await printed(ordinary(route), { size })
    expect(pages).toBe(1)
    for (const { x, y, text } of pieces) expect(x >= 20 && x < PAGE[size].width - 20 && y >= 14 && y < PAGE[size].height - 14, text).toBe(true)
    expect(pieces.at(-1)!.text).toContain('page 1 of 1')
  })

  test('holds what people need in the room', async () => {
    const { text } = await printed(ordinary())
    for (const words of ['Mara Keller', '1986-03-14', 'penicillin: hives', 'sertraline 100 mg', 'in force, signed by Dr. Osei', 'Pressure below 140/90 twice', 'racemic ketamine IM: step 1 40 mg (0.5 mg/kg)', 'step 2 up to 20 mg', 'at most 60 mg in all', '80 kg', 'hands only: ask first', 'stop: raised hand', 'Theo Keller, 555 0100', 'Dr. Osei', '555 0199', 'Front desk: 555 0190', '911', '15 min before', '+45 min', 'Systolic pressure, mmHg', '200 or more', 'P S11 S37', 'Step 2, booster', 'D13', 'As of Nov 21, 2026, 6:00 PM', 'Cedar']) expect(text, words).toContain(words)
    expect(text).not.toContain('lithium')
    for (const { title } of emergencyCards) expect(text.replaceAll(' ', '')).toContain(title.toUpperCase().replaceAll(' ', ''))
  })

  test('holds every line and every item of a score that going home is judged by', async () => {
    const { text } = await printed(ordinary())
    for (const { name, items } of Object.values(recoveryScores)) for (const { asks } of items) expect(text).toMatch(new RegExp(`${name} .*${asks} __`))
    for (const words of ['D1', 'D9', 'D13', 'Gait', 'Detached']) expect(text).toContain(words)
  })

  test.each<[string, (story: Told) => Told, boolean, string]>([
    ['one that is there', (story) => story.on(-9 * DAY, 'photo-taken.v1', { file: { sha256, bytes: 400, type: 'image/jpeg' }, agreed: 'aloud' }, { id: 'photo' }), true, 'It matches: yes / no'],
    ['one that has not arrived', (story) => story.on(-9 * DAY, 'photo-taken.v1', { file: { sha256, bytes: 400, type: 'image/jpeg' }, agreed: 'aloud' }, { id: 'photo' }), false, 'Photo: on record, and it has not arrived'],
    ['one taken back', (story) => story.on(-9 * DAY, 'photo-taken.v1', { file: { sha256, bytes: 400, type: 'image/jpeg' }, agreed: 'aloud' }, { id: 'photo' }).on(-8 * DAY, 'photo-taken-back.v1', { photo: 'photo', why: 'asked', said: '' }), true, 'Photo: taken back, not shown'],
    ['none', (story) => story, true, 'Photo: none on record'],
  ])('the photo: %s, on one page', async (_, change, arrived, words) => {
    const story = change(ordinary('IV'))
    const sheet = downtimeSheet(story.chart, visit, setting(story))
    const { bytes } = await downtimePdf([sheet], { size: 'LETTER', printedOn: '2026-11-21', asOf: 'now', photos: arrived ? new Map([[sha256, jpeg()]]) : new Map() })
    const { pieces } = readPdf(bytes)
    expect(pieces.map(({ text }) => text).join(' ').replaceAll(/ +/g, ' ')).toContain(words)
    expect(Math.max(...pieces.map(({ page }) => page))).toBe(1)
    expect(Buffer.from(bytes).includes('/DCTDecode')).toBe(words.startsWith('It matches'))
  })

  test('what nobody wrote down says so, and is never blank', async () => {
    const { text } = await printed(told([]), { clearance: cleared(told([]), 'none') })
    for (const label of ['Born', 'ALLERGIES', 'Medicines taken', 'Weight', 'Signals', 'Goes home with', 'Person to call', 'Conditions and holds']) expect(text, label).toContain(`${label}: ${NOT_RECORDED}`)
    for (const words of ['Clearance: NOT SIGNED', 'Order: NONE', 'not agreed yet: no touch', 'nobody has gone through this list', 'No order is in force, so no schedule can be named']) expect(text, words).toContain(words)
  })

  test.each<[string, (story: Told) => Told, ClearanceNow['state'], readonly string[], readonly string[]]>([
    ['none named', (story) => story.with((all) => all.filter(({ kind }) => kind !== 'allergy.v1')).on(-1, 'list-reviewed.v1', { list: 'allergies', none: true }), 'cleared', ['ALLERGIES: none (gone through'], []],
    ['reopened', (story) => story, 'reopened', ['REOPENED by new facts, not in force'], ['in force, signed']],
    ['expired', (story) => story, 'expired', ['EXPIRED, not in force'], []],
    ['the order stopped', (story) => story.on(-1, 'order-stopped.v1', { order: 'order', reason: 'x' }), 'cleared', ['NONE IN FORCE', 'No order is in force'], ['step 1 40 mg']],
    ['touch taken back', (story) => story.on(-1, 'consent-withdrawn.v1', { form: 'touch', said: '' }), 'cleared', ['taken back: no touch'], ['hands only']],
    ['another weight since', (story) => story.on(-1, 'weight.v1', { weightG: 90_000 }), 'cleared', ['90 kg', 'the order is by 80 kg'], []],
  ])('%s', async (_, change, state, words, not) => {
    const story = change(ordinary())
    const { text } = await printed(story, { clearance: cleared(story, state) })
    for (const one of words) expect(text, one).toContain(one)
    for (const one of not) expect(text, one).not.toContain(one)
  })

  test('a clearance that ends before the session says so', async () => {
    const story = ordinary()
    expect((await printed(story, { clearance: { ...cleared(story), endsAt: at(DAY - 60) } })).text).toContain('ENDS BEFORE THIS SESSION')
  })

  test('one that was replaced says so on its face', async () => {
    const { text } = await printed(ordinary(), { replaced: 'a newer sheet, as of Nov 22, 2026, 7:10 AM, lies beside this one.' })
    expect(text).toContain('DO NOT USE: a newer sheet, as of Nov 22, 2026, 7:10 AM')
    expect(text).toContain('REPLACED · page 1 of 1')
  })

  test('a day of them is one document, each numbered by itself', async () => {
    const [one, other] = [ordinary(), ordinary('IV')]
    const { bytes } = await downtimePdf([downtimeSheet(one.chart, visit, setting(one)), downtimeSheet(other.chart, visit, setting(other, { patient: 'Ida Nilsson' }))], { size: 'LETTER', printedOn: '2026-11-21', asOf: 'now' })
    const { pieces } = readPdf(bytes)
    expect(pieces.filter(({ text }) => text.includes('page 1 of 1')).map(({ page, text }) => `${page} ${text.split(' · ')[0]}`)).toEqual(['1 Mara Keller', '2 Ida Nilsson'])
    expect(readPdf((await downtimePdf([], { size: 'A4', printedOn: '2026-11-21', asOf: 'now' })).bytes).text.replaceAll('\n', ' ')).toContain('No medicine session is booked')
  })

  test('characters that cannot be printed are named at the top', async () => {
    const story = ordinary().on(-1, 'allergy.v1', { substance: 'بنسلين', codes: [], reaction: '', status: 'active' })
    const { unprintable, text } = await printed(story)
    expect(unprintable.length).toBeGreaterThan(3)
    expect(text).toContain('SOME CHARACTERS CANNOT BE PRINTED HERE')
  })

  test('more allergies than a page holds go on over several, and none lies below the end of one', { timeout: 60_000 }, async () => {
    const substances = Array.from({ length: 320 }, (_, place) => `number ${place} of a long list of substances, with a word on how it was`)
    const { pieces, pages, dense } = await printed(substances.reduce((so, substance) => so.on(-2, 'allergy.v1', { substance, codes: [], reaction: '', status: 'active' }), ordinary()))
    expect(pages).toBeGreaterThan(1)
    for (const one of substances) expect(dense, one).toContain(one.replaceAll(' ', ''))
    for (const { y, text } of pieces) expect(y >= 14 && y < PAGE.LETTER.height - 14, text).toBe(true)
  })

  test('extreme charts: every allergy and medicine is there whole, whatever the length, and a second page says so', { timeout: 240_000 }, async () => {
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzäöüßéèçñøåłžğİabcdefgh ABC-/,;:()%0123456789ăâîșțдяжоюλμπσ')
    const word = fc.array(letters, { minLength: 1, maxLength: 90 }).map((all) => all.join('').trim()).filter((text) => text.length > 0)
    const long = fc.oneof(word, word, fc.tuple(word, fc.integer({ min: 2, max: 3 })).map(([text, times]) => text.repeat(times).replaceAll(' ', '').slice(0, 200)))
    const many = fc.array(long, { maxLength: 45 })
    // What differs only in its signs is one thing, and the newest word on it stands.
    const newest = (names: readonly string[]) => latestByName(names.map((name, id) => ({ id: String(id), name })), ({ name }) => name).map(({ name }) => name)
    await fc.assert(fc.asyncProperty(many, many, fc.constantFrom<PaperSize>('LETTER', 'A4'), fc.array(word, { maxLength: 20 }), async (allergies, medicines, size, conditions) => {
      const base = ordinary().with((all) => all.map((entry) => (entry.kind === 'clearance.v1' ? { ...entry, body: { ...entry.body, conditions } } : entry) as Entry))
      const story = medicines.reduce((so, name) => so.on(-2, 'medication.v1', { name, codes: [], dosage: '', status: 'active' }), allergies.reduce((so, substance) => so.on(-2, 'allergy.v1', { substance, codes: [], reaction: '', status: 'active' }), base))
      const { dense, pages, pieces } = await printed(story, { size })
      for (const one of [...newest(allergies), ...newest(medicines), ...conditions]) expect(dense, one).toContain(one.normalize('NFC').replaceAll(/\s/g, ''))
      for (const { x, y, text } of pieces) expect(x >= 20 && x < PAGE[size].width - 20 && y >= 14 && y < PAGE[size].height - 14, text).toBe(true)
      for (let page = 1; page <= pages; page += 1) expect(pieces.some((piece) => piece.page === page && piece.text.includes(`page ${page} of ${pages}`)), `page ${page}`).toBe(true)
    }), { numRuns: Number(process.env['SHEET_RUNS'] ?? 16), examples: [[['%%%', '::', 'gİ', 'gi'], ['A-;', 'a'], 'LETTER', []]] })
  })
})
