import { expect, test } from 'vitest'
import { judge, type Faults, type Judged } from './testing/judge.ts'
import { DAYS, live } from './testing/lives.ts'

const people = Number(process.env['CARE_PEOPLE'] ?? 10)
const from = Number(process.env['CARE_SEED'] ?? 1)

test(`${people} invented people over ${DAYS} days, some of whom stop answering`, { timeout: 30_000 + people * 5_000 }, () => {
  const manners: Record<string, number> = {}
  const lives = Array.from({ length: people }, (_, place): Judged => {
    const one = judge(`seed ${from + place}`)
    const manner = live(from + place, one)
    manners[manner] = (manners[manner] ?? 0) + 1
    return one
  })
  const of = (name: keyof Faults) => lives.flatMap(({ faults }) => faults[name])
  const sum = (name: keyof Judged['counts']) => lives.reduce((all, { counts }) => all + counts[name], 0)
  const figures = { people, from, ...Object.fromEntries((Object.keys(lives[0]!.faults) as (keyof Faults)[]).map((name) => [name, of(name).length])), looks: sum('looks'), messages: sum('messages'), silentLooks: sum('silentLooks'), relapses: sum('relapses'), dueIntegrations: sum('dueIntegrations') }
  if (process.env['CARE_SAYS'] ?? process.env['CARE_PEOPLE']) console.log(JSON.stringify({ ...figures, manners }))
  for (const name of Object.keys(lives[0]!.faults) as (keyof Faults)[]) expect(of(name).slice(0, 3), name).toEqual([])
  // Who lives through nothing proves nothing.
  expect([figures.silentLooks > people, figures.relapses > 0, figures.messages > people, figures.dueIntegrations > 0]).toEqual([true, true, true, true])
})
