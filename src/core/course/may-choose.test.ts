import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { mayChoose, newestAdoption, type Adoption } from './may-choose.ts'

const row = protocols['solo-six']
const loosened = { ...row, spacing: { ...row.spacing, minHoursBetweenDoses: row.spacing.minHoursBetweenDoses + 1 } }
const adopted = (edition: string, adoptedAt: string, kept: unknown = row, protocol = row.id): Adoption => ({ protocol, edition, adoptedAt, adoptedBy: 'Helen Brandt', row: kept })

describe('a course is chosen only as it was adopted', () => {
  test.each<[string, Adoption[], string]>([
    ['adopted by nobody', [], 'not-adopted'], ['another one adopted', [adopted('2', '2026-11-01', row, 'group-maintenance')], 'not-adopted'],
    ['adopted in this edition', [adopted('2', '2026-11-01')], '2'], ['adopted in an earlier edition, the row unchanged', [adopted('1', '2026-11-01', structuredClone(row))], '1'],
    ['adopted in an earlier edition, the row changed since', [adopted('1', '2026-11-01', loosened)], 'changed-since-adopted'], ['adopted before rows were kept, in another edition', [adopted('1', '2026-11-01', null)], 'changed-since-adopted'], ['adopted before rows were kept, in this edition', [adopted('2', '2026-11-01', null)], '2'],
    ['adopted again: the newest counts', [adopted('1', '2026-10-01', loosened), adopted('2', '2026-11-01')], '2'], ['in whatever order they are read', [adopted('2', '2026-11-01'), adopted('1', '2026-10-01', loosened)], '2'], ['an older edition adopted again', [adopted('2', '2026-10-01'), adopted('1', '2026-11-01', loosened)], 'changed-since-adopted'],
  ])('%s: %s', (_, adoptions, expected) => {
    const may = mayChoose(row, adoptions, '2')
    expect(may.may ? may.edition : may.code).toBe(expected)
    if (!may.may) expect(may.says).toContain(row.name)
  })

  test.each(Object.values(protocols).filter(({ heldBack }) => heldBack !== undefined))('$id ships switched off, says why, and is offered once it is adopted', (held) => {
    const may = mayChoose(held, [], '2')
    expect(may).toMatchObject({ may: false, code: 'not-adopted', says: expect.stringContaining(held.heldBack!) })
    expect(mayChoose(held, [adopted('2', '2026-11-01', held, held.id)], '2').may).toBe(true)
  })

  test('of several the newest is found, and of none none', () => {
    expect(newestAdoption(row.id, [adopted('2', '2026-11-01'), adopted('1', '2026-10-01')])?.edition).toBe('2')
    expect(newestAdoption('another', [adopted('2', '2026-11-01')])).toBeUndefined()
  })
})
