import { describe, expect, test } from 'vitest'
import { readChart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import { protocols } from '../../../../knowledge/protocols.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { bodyLines } from './body-lines.ts'
import { recordOf } from './record.ts'
import { sayEntry } from './say-entry.ts'

const entry = (id: string, minute: number, more: object = {}) => ({ id, kind: 'weight.v1', at: `2026-11-20T17:0${minute}:00.000Z`, writtenAt: `2026-11-20T17:0${minute}:00.000Z`, device: 'd', by: 'jonas', body: { weightG: 68_000 }, ...more }) as unknown as Entry
const told = { zone: 'America/Los_Angeles', name: (person: string) => ({ jonas: 'Jonas Lindqvist' })[person] ?? 'somebody of this practice', book: rulebook }

describe('the record keeps what was corrected beside its correction', () => {
  test('a chain of corrections: each earlier version names the one that corrected it', () => {
    const record = recordOf(readChart([entry('a', 0), entry('b', 1, { amends: 'a' }), entry('c', 2, { amends: 'b' }), entry('d', 3)]))
    expect(record.map((one) => [one.entry.id, one.correctedBy?.id])).toEqual([['a', 'b'], ['b', 'c'], ['c', undefined], ['d', undefined]])
  })
  test('a correction whose first version this person may not read stands alone', () => {
    expect(recordOf(readChart([entry('b', 1, { amends: 'hidden' })])).map((one) => one.entry.id)).toEqual(['b'])
  })
})

describe('an entry in words', () => {
  test.each([
    ['weight.v1', { weightG: 222_000, confirmed: true }, '222 kg, asked about and confirmed'],
    ['vitals.v1', { systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 70 }, '128/80 · pulse 70'],
    ['fact.v1', { fact: 'psychosis', state: 'declined' }, 'psychosis: declined to say'],
    ['fact.v1', { fact: 'substanceUse', state: 'answered', value: [] }, 'substance use: none'],
    ['fact.v1', { fact: 'substanceUse', state: 'answered', value: [{ substance: 'alcohol', status: 'early-remission' }] }, 'substance use: alcohol early remission'],
    ['course-chosen.v1', { protocol: 'solo-six', edition: 'x' }, protocols['solo-six'].name],
    ['course-chosen.v1', { protocol: 'own-nobodys', edition: 'x' }, 'own-nobodys'],
    ['medication.v1', { name: 'sertraline', codes: [], dosage: '100 mg', status: 'stopped', stoppedOn: '2026-11-02' }, 'sertraline, 100 mg, stopped on November 2, 2026'],
    ['condition.v1', { name: 'Asthma', codes: [], status: 'active', category: 'problem' }, 'Asthma, without a code, active'],
    ['measure-answered.v1', { instrument: 'c-ssrs', version: '1', language: 'en', answeredBy: 'clinician', answers: { q1: false, q2: null, q6Lifetime: false } }, 'C-SSRS screener 1 item not answered, answered by the clinician'],
  ])('%s', (kind, body, says) => {
    expect(sayEntry(entry('a', 0, { kind, body }), told)).toBe(says)
  })

  test('a sign told to the prescriber is said in the words of the book in force on that chart', () => {
    const [sign, ...others] = rulebook.misuse.signs
    const own = { ...told, book: { ...rulebook, misuse: { ...rulebook.misuse, signs: [{ ...sign!, says: 'Says it in this practice’s own words.' }, ...others] } } }
    const of = (id: string) => entry('a', 0, { kind: 'misuse-sign.v1', body: { sign: id, seen: true, said: 'told me' } })
    expect([sayEntry(of(sign!.id), told), sayEntry(of(sign!.id), own), sayEntry(of('nobodys'), own)]).toEqual([`${sign!.says} told me`, 'Says it in this practice’s own words. told me', 'nobodys told me'])
  })

  test('units are written out, and nothing that was not answered reads as empty', () => {
    expect(bodyLines({ doseUg: 41_000, systolicMmHg: 128, heightMm: 1690, by: 'jonas', gone: null, people: [] }, told)).toEqual([['dose', '41 mg'], ['systolic', '128 mmHg'], ['height', '169 cm'], ['by', 'jonas'], ['gone', 'not answered'], ['people', 'none listed']])
  })
})
