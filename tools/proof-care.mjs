// npm run proof:care: lives two hundred invented people through half a year of the program's own rules, some of whom stop
// answering, and counts who was forgotten, as a judge of its own code sees it; then breaks the rules in one place at a time
// and lives until the judge finds it. A fault that nobody finds is a fault of the judge.
//   --people 200 --from 1   how many, from which seed
//   --faults                only the faults; --lives only the lives
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'
import { home } from './prepare.mjs'

const { values: asked } = parseArgs({ options: { people: { type: 'string', default: '200' }, from: { type: 'string', default: '1' }, faults: { type: 'boolean' }, lives: { type: 'boolean' } } })
/** What is broken, in which file of `src/core`, and how. Each is looked for among this many people. */
const faults = [
  ['silence-ends-by-itself', 'a window that has closed is no silence', 'outcomes/silence', "ask.state !== 'open' && ask.state !== 'missed'", "ask.state !== 'open'"],
  ['silence-forgotten', 'a call that reached nobody settles it', 'outcomes/silence', "body.decided === 'declined'", "body.decided !== 'left-care'"],
  ['silence-stays', 'an answer does not end it', 'outcomes/silence', 'answersOf(chart, ask.instrument, instruments).some((at) => at >= opened)', 'false'],
  ['asked-again', 'an answer that was given is asked for again', 'measures/due', "const state = inWindow ? 'answered'", "const state = false ? 'answered'"],
  ['asked-too-soon', 'the rest of a form is not kept', 'measures/due', 'restedAt > ask.opensAt ? restedAt : ask.opensAt', 'ask.opensAt'],
  ['relapse-at-once', 'one lost score is a relapse', 'outcomes/relapse', 'day - first >= row.confirmedAfterDays', 'day >= first'],
  ['relapse-late', 'a relapse is said a day after it is borne out', 'outcomes/maintenance', 'const newest = outcome.relapses.at(-1)', 'const newest = outcome.relapses.at(-1) && daysBetween(outcome.relapses.at(-1)!.confirmedAt, now) > 1 ? outcome.relapses.at(-1) : undefined'],
  ['ended-and-forgotten', 'nobody is looked for once a course has ended', 'course/next', 'follow-up|maintenance|no-answer', 'follow-up|maintenance'],
  ['no-integration', 'an integration is never overdue', 'course/treatment', 'standing([], facts.now, at(overdueAfterHours), at(dueFromHours))', 'standing([], facts.now)'],
]

process.chdir(home)
const fileOf = (module) => path.join(home, `src/core/${module}.ts`)
// A fault that stands nowhere proves nothing, so all of them have their place before anybody lives.
const homeless = faults.filter(([, , module, was]) => readFileSync(fileOf(module), 'utf8').split(was).length !== 2)
for (const [id, , module, was] of homeless) console.error(`${id}: ${fileOf(module)} does not say this, or more than once: ${was}`)
if (homeless.length > 0) process.exit(1)
let failed = false
if (!asked.faults) failed = (await live(asked.people, asked.from, { name: 'nothing' })) !== undefined
const missed = []
if (!asked.lives) for (const [id, what, module, was, becomes] of faults) {
  const found = await live('8', asked.from, plant(fileOf(module), was, becomes)) ?? await live('60', asked.from, plant(fileOf(module), was, becomes))
  if (!found) missed.push(id)
  console.log(`| \`${id}\` | ${what} | ${found ?? 'NOT FOUND'} |`)
}
if (!asked.lives) console.log(`${faults.length - missed.length} of ${faults.length} planted faults found${missed.length > 0 ? `; not found: ${missed.join(', ')}` : ''}`)
process.exit(failed || missed.length > 0 ? 1 : 0)

function plant(file, was, becomes) {
  return { name: 'plant', enforce: /** @type {const} */ ('pre'), transform: (text, module) => (module.split('?')[0] === file ? text.replace(was, () => becomes) : undefined) }
}

/** Without the projects of `vitest.config.ts`, which would not load what is planted. What failed, in its first line. */
async function live(people, from, plugin) {
  Object.assign(process.env, { CARE_PEOPLE: people, CARE_SEED: from, CARE_SAYS: plugin.name === 'nothing' ? '1' : '' })
  const tests = await startVitest('test', ['src/core/outcomes/lives.test'], { config: false, root: home, include: ['src/core/outcomes/lives.test.ts'], watch: false, testTimeout: 3_600_000, reporters: plugin.name === 'nothing' ? ['default'] : [{}], maxWorkers: 1 }, { plugins: [plugin] })
  const errors = tests.state.getFiles().flatMap((file) => file.tasks.flatMap((task) => task.result?.errors ?? []))
  await tests.close()
  process.exitCode = undefined
  return errors[0]?.message.split('\n')[0].slice(0, 90)
}
