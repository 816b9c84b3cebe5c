import { describe, expect, test } from 'vitest'
import { pregnancyStatus as row } from '../../knowledge/eligibility/pregnancy-status.ts'
import { told, type Told } from './fixtures.ts'
import { pregnancyStatus } from './pregnancy.ts'

const now = '2026-11-21T18:00:00.000Z'
const said = (value: string | undefined, at = '2026-11-10T09:00', chart = told(), coding: { system: string; code: string }[] = [{ system: row.system, code: row.code }], id = String(value)) =>
  chart.on(at, 'observation.v1', { codes: coding, name: 'Pregnancy status', ...(value !== undefined && { value }), category: 'social-history' }, { id })
const tested = (takenAt: string, chart: Told, result: 'negative' | 'positive' = 'negative') => chart.on('2026-11-20', 'pregnancy-test.v1', { result, takenAt: new Date(takenAt).toISOString(), specimen: 'urine' })
const silent = { state: 'missing', why: 'not-asked', entries: [] }
const known = (value: string, entry: string) => ({ state: 'known', value, entries: [entry] })
const open = (entry: string, why = 'not-known') => ({ state: 'missing', why, entries: [entry] })

describe('how words are read', () => {
  const reads = (value: string | undefined) => {
    const status = pregnancyStatus(said(value), now, row)
    return status.state === 'known' ? status.value : status.why
  }
  test.each([...row.pregnant, 'Pregnant', ' PREGNANT ', 'Pregnant (finding)', 'Pregnancy (disorder)', 'Pregnant 12 weeks', 'pregnant, 12 weeks'])('“%s”: pregnant', (value) => expect(reads(value)).toBe('pregnant'))
  test.each([...row.notPregnant, 'Not pregnant', 'Not pregnant (finding)'])('“%s”: not', (value) => expect(reads(value)).toBe('not-pregnant'))
  test.each([undefined, '', 'unknown', 'possibly pregnant', 'pregnantish', 'currently pregnant 12 weeks', 'yes, or so they say', 'pregnancy, past', 'not pregnant yet', 'no (as told)', 'not (finding) pregnant', 'no(finding)', '(finding)'])('“%s”: an open question', (value) => expect(reads(value)).toBe('not-known'))
})

describe('what stands', () => {
  const pregnant = said('pregnant')
  const denied = (chart: Told, at: string, value = false) => chart.says(at, 'childbearingPotential', value)
  test.each<[string, Told, unknown]>([
    ['nothing was written', told(), silent],
    ['another question of the same system', said('pregnant', '2026-11-10', told(), [{ system: row.system, code: '86645-9' }]), silent],
    ['the same code of another system', said('pregnant', '2026-11-10', told(), [{ system: 'http://snomed.info/sct', code: row.code }]), silent],
    ['beside another code', said('pregnant', '2026-11-10', told(), [{ system: 'x', code: 'y' }, { system: row.system, code: row.code }]), known('pregnant', 'pregnant')],
    ['pregnant', pregnant, known('pregnant', 'pregnant')],
    ['the later of two', said('yes', '2026-11-11', pregnant), known('pregnant', 'yes')],
    ['300 days ago, to the minute', said('pregnant', '2026-01-25T18:00:00Z'), known('pregnant', 'pregnant')],
    ['a minute longer ago', said('pregnant', '2026-01-25T17:59:00Z'), open('pregnant', 'stale')],
    ['so long ago, and unknown since', said('unknown', '2026-11-10', said('pregnant', '2026-01-20')), open('unknown')],
    ['unknown, and then pregnant so long ago', said('pregnant', '2026-01-22', said('unknown', '2026-01-20')), open('pregnant', 'stale')],
    ['pregnant, then open: it stands', said('unknown', '2026-11-12', pregnant), known('pregnant', 'pregnant')],
    ['pregnant, then not', said('no', '2026-11-12', pregnant), known('not-pregnant', 'no')],
    ['pregnant, not, then open', said('unknown', '2026-11-13', said('no', '2026-11-12', pregnant)), open('unknown')],
    ['not, then pregnant', said('pregnant', '2026-11-12', said('no')), known('pregnant', 'pregnant')],
    ['twice not', said('not pregnant', '2026-11-12', said('no')), known('not-pregnant', 'not pregnant')],
    ['tested in the same minute: the words stand', tested('2026-11-10T09:00Z', said('pregnant', '2026-11-10T09:00Z')), known('pregnant', 'pregnant')],
    ['tested a minute later', tested('2026-11-10T09:01Z', said('pregnant', '2026-11-10T09:00Z')), silent],
    ['tested a minute later, and written again', said('yes', '2026-11-11', tested('2026-11-10T09:01Z', said('pregnant', '2026-11-10T09:00Z'))), known('pregnant', 'yes')],
    ['a test dated a day ahead: clocks differ', tested('2026-11-22T18:00:00Z', pregnant), silent],
    ['dated further ahead it lifts nothing', tested('2026-11-22T18:00:01Z', pregnant), known('pregnant', 'pregnant')],
    ['open, and said later not to be possible', denied(said('unknown', '2026-11-12T09:00Z'), '2026-11-12T09:01Z'), silent],
    ['said in the same minute', denied(said('unknown', '2026-11-12T09:00Z'), '2026-11-12T09:00Z'), open('unknown')],
    ['said before', denied(said('unknown', '2026-11-12T09:00Z'), '2026-11-12T08:59Z'), open('unknown')],
    ['said to be possible', denied(said('unknown', '2026-11-12'), '2026-11-13', true), open('unknown')],
    ['not said: declined', said('unknown', '2026-11-12').on('2026-11-13', 'fact.v1', { fact: 'childbearingPotential', state: 'declined' }), open('unknown')],
    ['something else denied', said('unknown', '2026-11-12').says('2026-11-13', 'homeOxygen', false), open('unknown')],
    ['pregnant, and said later not to be possible: a test says', denied(pregnant, '2026-11-12'), known('pregnant', 'pregnant')],
  ])('%s', (_, chart, status) => expect(pregnancyStatus(chart, now, row)).toEqual(status))
})
