import { describe, expect, it } from 'vitest'
import { conditions } from '../../../../knowledge/conditions.ts'
import { effects } from '../../../../knowledge/effects.ts'
import { eligibility } from '../../../../knowledge/eligibility.ts'
import { emergencyKit } from '../../../../knowledge/emergency.ts'
import { interactionRows } from '../../../../knowledge/interactions.ts'
import { library } from '../../../../knowledge/library.ts'
import { monitoring } from '../../../../knowledge/monitoring.ts'
import { reliability } from '../../../../knowledge/outcomes.ts'
import { protocols } from '../../../../knowledge/protocols.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { scales } from '../../../../knowledge/scales.ts'
import { sources } from '../../../../knowledge/sources.ts'
import { book, find } from './book.ts'
import { weakest } from './rule.ts'

const rules = book.flatMap(({ id, groups }) => groups.flatMap((group) => group.rules.map((rule) => ({ chapter: id, ...rule }))))

describe('the printed rulebook', () => {
  it('leaves out no rule about who may be treated, no alert and no gate before a dose', () => {
    const printed = new Set(rules.map(({ id }) => id))
    for (const { id } of [...eligibility, ...monitoring.alerts, ...monitoring.preDose.rules]) expect(printed, id).toContain(id)
  })

  it('leaves out nothing of the library, no class of medicines, no side effect, no scale and no condition', () => {
    const printed = new Set(rules.map(({ id }) => id))
    const all = [
      ...Object.values(library).flat().map(({ id }) => id), ...interactionRows.map(({ id }) => `interaction.${id}`), ...effects.terms.map(({ id }) => `effect.${id}`), ...conditions.map(({ id }) => `condition.${id}`),
      ...Object.values(scales).map(({ id }) => id), ...Object.values(recoveryScores).map(({ id }) => id), ...reliability.map(({ id }) => id), emergencyKit.id,
    ]
    expect(all.length).toBeGreaterThan(250)
    expect(all.filter((id) => !printed.has(id))).toEqual([])
  })

  it('says of a course that ships switched off that it is, and why', () => {
    const heldBack = Object.values(protocols).filter((protocol) => protocol.heldBack)
    expect(heldBack.length).toBeGreaterThan(0)
    for (const { id, heldBack: why } of heldBack) expect(rules.find((rule) => rule.id === `${id}.held-back`)?.says).toContain(why)
  })

  it('prints no Spanish draft', () => {
    const page = JSON.stringify(book)
    const drafts = Object.values(library).flat().map(({ spanish }) => spanish.text)
    expect(drafts.length).toBeGreaterThan(100)
    expect(drafts.filter((draft) => page.includes(draft))).toEqual([])
  })

  it('says every rule in a whole sentence, with sources that exist', () => {
    expect(rules.length).toBeGreaterThan(150)
    for (const rule of rules) {
      expect(rule.says, rule.id).toMatch(/^[A-Z0-9].*[.!?”]$/s)
      for (const text of [rule.says, rule.when ?? '', ...(rule.lines ?? [])]) expect(text, rule.id).not.toMatch(/undefined|NaN|\[object|\bnull\b/)
      expect(rule.cites.length, rule.id).toBeGreaterThan(0)
      for (const id of rule.cites) expect(Object.keys(sources), rule.id).toContain(id)
    }
  })

  it('has one place for each rule', () => {
    const ids = rules.map(({ chapter, id }) => `${chapter} ${id}`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('never shows what was recalled from memory as verified', () => {
    for (const rule of rules) if (rule.tag === 'M') expect(rule.verified, rule.id).toBe(false)
  })
})

it.each([
  [{ a: 'V', b: 'M' }, 'M'],
  [{ a: 'V', b: 'P' }, 'P'],
  [{ a: 'V', b: 'D' }, 'D'],
  [{ a: 'V' }, 'V'],
] as const)('a row is no better than its weakest figure', (tags, tag) => expect(weakest(tags)).toBe(tag))

const found = (words: string) => find(words).flatMap(({ groups }) => groups.flatMap((group) => group.rules.map(({ id }) => id)))
it.each([
  ['B02', 'B02'],
  ['aneurysm', 'B02'],
  ['ANEURYSM malformation', 'B02'],
  ['esketamine under 18', 'B06'],
])('finds by %s the rule %s', (words, id) => expect(found(words)).toContain(id))

it.each(['no such word anywhere', 'aneurysm fever'])('finds nothing by %s', (words) => expect(find(words)).toEqual([]))

it('shows everything while nothing is looked for', () => expect(find('  ')).toEqual(book))
