import { describe, expect, it } from 'vitest'
import { protocols } from '../../../knowledge/protocols.ts'
import { awayDays, noWishes, plannedTypes, talkingTypes, wishesOf, type WishDraft } from './wishes.ts'

const solo = protocols['solo-six']
const group = protocols['group-maintenance']
const wished = (more: Partial<WishDraft>) => wishesOf({ ...noWishes('2026-11-23'), ...more }, solo)
const nothing = { earliest: '2026-11-23', days: {}, hard: false, blackout: [], online: [], needs: [] }
const all = [1, 2, 3, 4, 5, 6, 7]
const others = (days: number[]) => ({ intake: days, 'medical-clearance': days, preparation: days, integration: days, 'follow-up': days })

describe('wishes as the planner takes them', () => {
  it.each([
    ['nothing said weighs nothing', {}, nothing],
    ['days for medicine alone leave the other visits open', { medicineDays: ['2', '4'] }, { ...nothing, days: { medicine: [2, 4] } }],
    ['days for the others alone leave medicine open', { otherDays: ['1'] }, { ...nothing, days: others([1]) }],
    ['a window alone holds for every visit', { from: '09:00', to: '15:00' }, { ...nothing, from: '09:00', to: '15:00' }],
    ['a window with days for medicine still holds for the others', { medicineDays: ['2'], from: '12:00' }, { ...nothing, from: '12:00', days: { ...others(all), medicine: [2] } }],
    ['both, and firm', { medicineDays: ['2'], otherDays: ['5'], firm: 'must' }, { ...nothing, hard: true, days: { ...others([5]), medicine: [2] } }],
    ['online for two kinds of talking', { online: ['preparation', 'integration'] }, { ...nothing, online: ['preparation', 'integration'] }],
    ['where they will sit, and what somebody has to bring', { sitsIn: 'OR', needs: [{ role: 'therapist', skill: 'Spanish' }] }, { ...nothing, sitsIn: 'OR', needs: [{ role: 'therapist', skill: 'Spanish' }] }],
  ] as const)('%s', (_, more, expected) => expect(wished(more as Partial<WishDraft>)).toEqual(expected))
})

describe('days away', () => {
  it.each([
    ['one day', [{ from: '2026-12-24', to: '2026-12-24' }], ['2026-12-24']],
    ['over the end of a month', [{ from: '2026-11-29', to: '2026-12-01' }], ['2026-11-29', '2026-11-30', '2026-12-01']],
    ['two stretches that overlap count once', [{ from: '2026-12-02', to: '2026-12-03' }, { from: '2026-12-01', to: '2026-12-02' }], ['2026-12-01', '2026-12-02', '2026-12-03']],
    ['ends before it begins', [{ from: '2026-12-02', to: '2026-12-01' }], []],
  ])('%s', (_, away, days) => expect(awayDays(away)).toEqual(days))

  it('never sends more days than the planner takes', () => expect(awayDays([{ from: '2026-01-01', to: '2027-12-31' }])).toHaveLength(200))
})

it('asks about the visits a protocol has, and never puts medicine online', () => {
  expect(plannedTypes(solo)).toEqual(['intake', 'medical-clearance', 'preparation', 'medicine', 'integration', 'follow-up'])
  expect(plannedTypes(group)).not.toContain('inquiry-call')
  for (const protocol of [solo, group]) expect(talkingTypes(protocol)).not.toContain('medicine')
})
