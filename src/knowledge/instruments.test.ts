import { describe, expect, test } from 'vitest'
import { createHash } from 'node:crypto'
import { instrumentCodes } from '../core/measures/codes.ts'
import { itemsOf, rangeOf, type Sign } from '../core/measures/counting.ts'
import { lookUp, type Instrument } from '../core/measures/instrument.ts'
import { usesOf } from '../core/measures/uses.ts'
import { wordsKey, wordsOf } from '../core/measures/words.ts'
import { followUpHours, instruments, leftOut, riskPaths, baselineDays, followUpWindows } from './instruments.ts'
import { textDigests } from './instruments/text-digests.ts'
import { protocols } from './protocols.ts'
import { sources } from './sources.ts'

const rows: readonly (readonly [string, Instrument])[] = Object.entries(instruments)
const { 'phq-9': phq9, 'gad-7': gad7, 'c-ssrs': cSsrs } = instruments

describe.each(rows)('%s', (key, instrument) => {
  const ids = instrument.items.map((item) => item.id)

  test('is kept under its id, names its items once, and cites what we hold', () => {
    expect(instrument.id).toBe(key)
    expect(new Set(ids).size).toBe(ids.length)
    for (const cite of instrument.cites) expect(sources).toHaveProperty([cite])
    expect(instrument.reviewBy).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(instrument.licence.terms.length).toBeGreaterThan(20)
    expect(instrument.licence.source.length).toBeGreaterThan(15)
    expect(instrument.licence.holder.length).toBeGreaterThan(3)
    expect(instrument.licence.condition !== undefined, 'a condition, and only where the tier asks for one').toBe(instrument.licence.tier === 'T2')
  })

  test('fits the table of kinds: item ids of at most 40 characters, values of 0 to 100', () => {
    for (const item of instrument.items) {
      expect(item.id.length).toBeLessThanOrEqual(40)
      const { answer } = item
      const values = answer.kind === 'choice' ? answer.options.map((option) => option.value) : answer.kind === 'slider' ? [answer.min, answer.max] : [0, 1]
      expect(values.every((value) => Number.isInteger(value) && value >= 0 && value <= 100)).toBe(true)
      expect(new Set(values).size).toBe(values.length)
    }
  })

  test('counts, asks, flags and triages only items that it has', () => {
    const used = [
      ...itemsOf(instrument.scoring), ...Object.values(instrument.scoring.subscales ?? {}).flatMap(itemsOf),
      ...[instrument.scoring, ...Object.values(instrument.scoring.subscales ?? {})].flatMap((counting) => ('reversed' in counting ? (counting.reversed ?? []) : [])),
      ...(instrument.findings ?? []).flatMap(({ when }) => itemsIn(when)),
      ...instrument.items.flatMap((item) => (item.askedWhen ? [item.askedWhen.item] : [])),
      ...(instrument.flags ?? []).map((flag) => flag.item),
      ...(instrument.risk?.kind === 'item' ? [instrument.risk.item] : (instrument.risk?.levels ?? []).flatMap((level) => level.anyOf)),
    ]
    for (const id of used) expect(ids).toContain(id)
    const scores = ['total', ...Object.keys(instrument.scoring.subscales ?? {})]
    for (const { when } of instrument.findings ?? []) for (const name of scoresIn(when)) expect(scores).toContain(name)
  })

  test('its bands are whole: from the lowest total to the highest, without a gap or an overlap', () => {
    const { scoring, bands } = instrument
    if (bands.length === 0) return
    if (scoring.kind === 'none') throw new Error('bands of a total that there is not')
    expect({ min: bands[0]?.from, max: bands.at(-1)?.to }).toEqual(rangeOf(scoring, lookUp(instrument, {})))
    const step = scoring.kind === 'mean' ? 0 : 1
    for (const [i, band] of bands.entries()) if (i > 0) expect(band.from).toBe((bands[i - 1]?.to ?? 0) + step)
  })

  test('what is from memory is not called verified, and what is not validated says so', () => {
    if (Object.values(instrument.tags).includes('M')) expect(instrument.verified).toBe(false)
    if (!instrument.licence.textVerified && instrument.licence.text === 'shipped') expect(instrument.verified).toBe(false)
    expect(Object.keys(instrument.evidence).toSorted()).toEqual(Object.keys(instrument.tags).toSorted())
    for (const [part, { source, verifiedOn, verifiedBy }] of Object.entries(instrument.evidence)) {
      expect(source.length, part).toBeGreaterThan(10)
      expect(verifiedOn === null, part).toBe(verifiedBy === null)
      if (instrument.tags[part] === 'M') expect([source, verifiedOn], part).toEqual(['From memory: not verified at the source.', null])
    }
    if (!instrument.validated) expect(instrument.says).toContain('not validated')
  })

  test('has its words here only where they may be, and a digest of them that changes with the version alone', () => {
    const { licence } = instrument
    if (licence.tier === 'T3') expect(licence.text).toBe('from-practice')
    expect(textDigests[wordsKey(instrument)]).toBe(licence.text === 'shipped' ? createHash('sha256').update(wordsOf(instrument)).digest('hex') : undefined)
    if (licence.text === 'from-practice' && instrument.id !== 'c-ssrs') for (const { text } of instrument.items) expect(text).toMatch(/^(Question|Event) \S+/)
  })

  test('what it points at is there', () => {
    for (const other of [...(instrument.containedIn ?? []), ...(instrument.insteadWhenTooSoon ? [instrument.insteadWhenTooSoon] : []), ...(instrument.risk?.kind === 'item' ? [instrument.risk.followedBy] : [])]) expect(instruments).toHaveProperty([other])
  })
})

const itemsIn = (sign: Sign): readonly string[] => ('any' in sign ? sign.any.flatMap(itemsIn) : 'all' in sign ? sign.all.flatMap(itemsIn) : 'not' in sign ? itemsIn(sign.not) : 'items' in sign ? sign.items : [])
const scoresIn = (sign: Sign): readonly string[] => ('any' in sign ? sign.any.flatMap(scoresIn) : 'all' in sign ? sign.all.flatMap(scoresIn) : 'not' in sign ? scoresIn(sign.not) : 'score' in sign ? [sign.score] : [])

describe('the library', () => {
  const of = (tier: string) => rows.filter(([, { licence }]) => licence.tier === tier)
  test('holds what is open, what is open on a condition, and more than ten that belong to somebody; what is left out names what to ask instead', () => {
    expect([of('T1').length, of('T2').length, of('T3').length, of('own').length]).toEqual([18, 8, 24, 6])
    expect(leftOut.map(({ id }) => id)).toEqual(['bdi-ii', 'bpi', 'pro-ctcae', 'ysq'])
    for (const { id, instead } of leftOut) {
      expect(instruments).not.toHaveProperty([id])
      for (const other of instead) expect(instruments).toHaveProperty([other])
    }
  })

  test('ships the words of these and of no other: a text that nobody read at its source is not written from memory', () => {
    expect(rows.filter(([, { licence }]) => licence.text === 'shipped' && licence.tier !== 'own').map(([id]) => id)).toEqual(['phq-9', 'phq-2', 'gad-7', 'gad-2', 'pcl-5', 'pcl-5-weekly', 'pc-ptsd-5', 'core-10', 'audit-c'])
    for (const [id, { licence }] of rows) if (licence.text === 'shipped' && licence.tier !== 'own' && !id.startsWith('phq')) expect([id, licence.textVerified]).toEqual([id, false])
  })

  test('says of each form what may be done with it', () => {
    expect(usesOf(phq9)).toEqual({ displayable: true, collectable: true, calculatable: true, extractable: true, domainAligned: true })
    expect(usesOf(instruments.cadss)).toEqual({ displayable: false, collectable: false, calculatable: true, extractable: true, domainAligned: false })
    const own = { words: true, accepted: true, permitted: false }
    expect(usesOf(instruments['who-5'], { ...own, accepted: false }).displayable).toBe(false)
    expect(usesOf(instruments['who-5'], own)).toMatchObject({ displayable: true, collectable: true })
    expect(usesOf(instruments['whodas-12'], own)).toMatchObject({ displayable: true, collectable: false })
    expect(usesOf(instruments['whodas-12'], { ...own, permitted: true }).collectable).toBe(true)
    expect(usesOf(instruments.itq)).toMatchObject({ calculatable: true, extractable: false })
  })
})

/** As the questionnaire phq-9-example of the US Core guide, version 6.1.0, prints it. */
test('the PHQ-9 is the published text, character for character', () => {
  expect(phq9.items.map((item) => [item.loinc, item.text])).toEqual([
    ['44250-9', 'Little interest or pleasure in doing things?'],
    ['44255-8', 'Feeling down, depressed, or hopeless?'],
    ['44259-0', 'Trouble falling or staying asleep, or sleeping too much'],
    ['44254-1', 'Feeling tired or having little energy'],
    ['44251-7', 'Poor appetite or overeating'],
    ['44258-2', 'Feeling bad about yourself-or that you are a failure or have let yourself or your family down'],
    ['44252-5', 'Trouble concentrating on things, such as reading the newspaper or watching television'],
    ['44253-3', 'Moving or speaking so slowly that other people could have noticed. Or the opposite-being so fidgety or restless that you have been moving around a lot more than usual'],
    ['44260-8', 'Thoughts that you would be better off dead, or of hurting yourself in some way'],
    ['69722-7', 'How difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?'],
  ])
})

test('the first answer of the GAD-7 reads “Not at all”, not the variant with “sure”', () => {
  for (const item of gad7.items) if (item.answer.kind === 'choice') expect(item.answer.options.map((option) => option.text)).toEqual(['Not at all', 'Several days', 'More than half the days', 'Nearly every day'])
  expect(gad7.licence.textVerified).toBe(false)
})

test('the C-SSRS ships without its words, for a clinician to ask, and its labels stay short', () => {
  expect(cSsrs.licence.text).toBe('from-practice')
  expect(cSsrs.answeredBy).toEqual(['clinician'])
  expect(cSsrs.items.map((item) => item.id)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5', 'q6Lifetime', 'q6PastThreeMonths'])
  for (const item of cSsrs.items) expect(item.text.length).toBeLessThan(50)
})

describe('how they travel', () => {
  test('the PHQ-9 with its codes and the worth of each answer', () => {
    const codes = instrumentCodes(phq9)
    expect(codes).toMatchObject({ id: 'phq-9', panelLoinc: '44249-1', totalLoinc: '44261-6', questionnaires: ['http://hl7.org/fhir/us/core/Questionnaire/phq-9-example'] })
    expect(codes.items[8]).toMatchObject({ item: 'q9', loinc: '44260-8', answers: [{ value: 0, loinc: 'LA6568-5' }, { value: 1, loinc: 'LA6569-3' }, { value: 2, loinc: 'LA6570-1' }, { value: 3, loinc: 'LA6571-9' }] })
  })
  test('words that are not ours to send stay here', () => {
    for (const item of instrumentCodes(cSsrs).items) expect(item.text).toBeUndefined()
  })
})

test('risk paths and timing cite, are dated, and what the product proposes is not called verified', () => {
  const dated = [...riskPaths, followUpHours, baselineDays, followUpWindows]
  expect(new Set(dated.map((row) => row.id)).size).toBe(dated.length)
  expect(riskPaths.map((path) => path.opensAt)).toEqual(['high', 'moderate', 'item'])
  for (const row of dated) {
    for (const cite of row.cites) expect(sources).toHaveProperty([cite])
    expect([row.tag, row.verified]).toEqual(['P', false])
  }
})

test('every questionnaire that a protocol asks for is in the library', () => {
  const asked = Object.values(protocols).flatMap((protocol) => Object.values(protocol.measures).flat())
  expect(asked.length).toBeGreaterThan(0)
  for (const id of asked) expect(instruments).toHaveProperty([id])
})
