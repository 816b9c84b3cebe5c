import { expect, test } from 'vitest'
import { told, type ToldChart } from '../measures/fixtures.ts'
import type { DoseBrief } from './brief.ts'
import { proposalStands } from './decide.ts'

const next: DoseBrief = { about: 'next', route: 'IM', after: 'last', action: 'INCREASE', doseUg: 48_000, rules: [], missing: [] }
const decided = (chart: ToldChart, after: string | undefined, action: 'INCREASE' | 'MAINTAIN' | 'START', doseUg: number, decision: 'accepted' | 'declined' = 'declined') =>
  chart.on('2026-11-20', 'dose-decided.v1', { decision, reason: 'x', ...(after ? { after } : {}), noSideEffects: true, proposal: { edition: 'x', route: 'IM', action, doseUg, rules: [] }, signature: {} as never })

test.each<[string, ToldChart, Partial<DoseBrief>, string]>([
  ['nobody has answered it', told(), {}, 'open'], ['declined', decided(told(), 'last', 'INCREASE', 48_000), {}, 'answered'], ['accepted', decided(told(), 'last', 'INCREASE', 48_000, 'accepted'), {}, 'answered'],
  ['answered after the session before', decided(told(), 'earlier', 'INCREASE', 48_000), {}, 'open'], ['another dose was answered', decided(told(), 'last', 'INCREASE', 47_000), {}, 'open'], ['another step was answered', decided(told(), 'last', 'MAINTAIN', 48_000), {}, 'open'],
  ['by another way', decided(told(), 'last', 'INCREASE', 48_000), { route: 'SL' }, 'open'], ['left to the prescriber', told(), { action: 'PRESCRIBER_REVIEW' }, 'open'],
  ['something is not known', told(), { action: 'NOT_EVALUABLE' }, 'not-evaluable'], ['not known now, and decided since that session', decided(told(), 'last', 'INCREASE', 48_000), { action: 'NOT_EVALUABLE' }, 'answered'],
  ['not known after a session whose way is not known either', told(), { action: 'NOT_EVALUABLE', route: undefined }, 'not-evaluable'], ['a first dose, the way is said, and something else is not known', told(), { about: 'first', action: 'NOT_EVALUABLE', after: undefined as never }, 'not-evaluable'],
  ['refused', told(), { action: 'REFUSE' }, 'none'], ['a first dose', told(), { about: 'first', action: 'START', after: undefined as never }, 'open'],
  ['a first dose, answered', decided(told(), undefined, 'START', 48_000), { about: 'first', action: 'START', after: undefined as never }, 'answered'],
  ['a first dose, and nobody has said how', told(), { about: 'first', action: 'NOT_EVALUABLE', route: undefined, after: undefined as never }, 'none'],
])('%s', (_, chart, brief, expected) => expect(proposalStands(chart, { ...next, ...brief })).toBe(expected))
