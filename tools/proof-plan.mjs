// npm run proof:plan: breaks the planner in one place at a time and runs its tests; the check that judges every plan is
// code of its own and stays whole. A fault that no test finds is a fault of the tests.
//   --only hours-elsewhere   these alone, may stand several times
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'
import { home } from './prepare.mjs'

const { values: asked } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
/** What is broken, in which file of `src/core/scheduling`, and how. */
const faults = [
  ['hours-elsewhere', 'hours at another place count as well', 'calendar', 'hours.location === undefined || hours.location === place.location', 'true'],
  ['hours-away', 'days away are not looked at', 'calendar', 'if (awayOn(person.away, dayNo)) return []', ''],
  ['no-buffer', 'nothing is kept free around a visit', 'colleague', 'startMs - buffer.beforeMin * MINUTE_MS, endMs + buffer.afterMin * MINUTE_MS', 'startMs, endMs'],
  ['one-dose-more', 'one dosing visit a day more than somebody takes on', 'colleague', 'dosingOn(dayNo) >= person.mostDosingPerDay', 'dosingOn(dayNo) > person.mostDosingPerDay'],
  ['no-skill', 'a training that is asked for is not looked at', 'colleague', '(person.skills ?? []).includes(need.skill)', 'true'],
  ['licence-ended', 'a licence that has ended counts', 'colleague', 'dayNo === undefined ? undefined : dayOfNumber(dayNo)', 'undefined'],
  ['no-turnover', 'a room needs no time to be made ready', 'today', 'readyMs: (room.turnoverMin ?? 0) * MINUTE_MS', 'readyMs: 0'],
  ['any-size', 'a room holds as many as come', 'desk', 'desk.rooms.filter(({ room }) => holds(room, request))', 'desk.rooms.filter(({ room }) => holds(room, {}))'],
  ['kit-ended', 'what a room has never ends', 'today', 'lacking(room, layer, dayNo).length > 0', 'lacking(room, layer).length > 0'],
  ['patient-away', 'days on which the patient cannot come are used', 'openings', 'desk.blackout.has(dayNo)', 'desk.blackout.has(-1)'],
  ['practice-closed', 'days on which the practice is closed are used', 'openings', 'desk.closedOn(dayNo)', 'desk.closedOn(-1)'],
  ['any-lane', 'somebody on call answers for any number of rooms', 'today', 'if (!isFree(fromMs, toMs)) continue', ''],
  ['ends-late', 'a visit may end after the hour the patient can stay until', 'wishes', 'minute + phase.durationMin <= toMin', 'minute <= toMin'],
  ['meets-fixed', 'a dose may share its day with what stands', 'today', 'sharesDay || others.some', 'others.some'],
  ['six-days', 'doses are counted in six days', 'layers', "code: 'doses-in-seven-days' as const, minDays: 7", "code: 'doses-in-seven-days' as const, minDays: 6"],
  ['no-rest', 'two visits of one course leave nobody their time between', 'layers', 'restMs > 0 ? { ...one, restMs } : one', 'one'],
  ['late-integration', 'integration comes a day too late', 'layers', 'maxDays: withinDays, idealDays', 'maxDays: withinDays + 1, idealDays'],
  ['clearance-same-day', 'medicine on the day of the clearance', 'layers', "code: 'clearance-first', minDays: 1", "code: 'clearance-first', minDays: 0"],
  ['clearance-expected', 'medicine on the day a clearance from outside is expected', 'problem', 'dayNumber(request.clearance.expectedOn) + 1', 'dayNumber(request.clearance.expectedOn)'],
  ['gap-longer', 'a longest gap is a day longer', 'layers', '...(endless ? {} : { maxDays: range.max })', '...(endless ? {} : { maxDays: (range.max ?? 0) + 1 })'],
  ['gap-shorter', 'a shortest gap is a day shorter', 'stages', 'days < relation.minDays', 'days < relation.minDays - 1'],
  ['course-shuffled', 'what comes first may end after what follows has begun', 'stages', "if (relation.apart === 'in-order') return later.startMs >= earlier.endMs + rest", "if (relation.apart === 'in-order') return true"],
  ['not-the-best', 'a place that costs no more than one before it is taken, and no cheaper one', 'search', 'if (cost >= cheapest) continue', 'if (cheapest < Infinity) continue'],
  ['dear-first', 'of two ways to one outlook the dearer stays', 'search', 'rival.cost <= path.cost && isNoLater(stage, rival, path)', 'rival.cost >= path.cost && isNoLater(stage, rival, path)'],
  ['moves-freely', 'a repair gives other visits another time for nothing', 'repair', '(asked ? 0 : 10_000)', '0'],
  ['away-and-there', 'a repair leaves a visit with whoever is away', 'repair', 'visit.people.some((one) => one.person === change.person) && change.startsAt < visit.endsAt', 'false'],
  ['moved-elsewhere', 'a visit moves to another hour than was asked for', 'repair', 'one.dayNo === dayNumber(to.slice(0, 10)) && one.minute === minuteOf(to)', 'one.dayNo === dayNumber(to.slice(0, 10))'],
]

process.chdir(home)
const missed = []
const wanted = faults.filter(([id]) => !asked.only || asked.only.includes(id))
const fileOf = (module) => path.join(home, `src/core/scheduling/${module}.ts`)
// A fault that stands nowhere proves nothing, so all of them have their place before the first is planted.
const homeless = wanted.filter(([, , module, was]) => readFileSync(fileOf(module), 'utf8').split(was).length !== 2)
for (const [id, , module, was] of homeless) console.error(`${id}: ${fileOf(module)} does not say this, or more than once: ${was}`)
if (homeless.length > 0) process.exit(1)
const before = await firstFailureWith({ name: 'nothing' })
if (before) {
  console.error(`Without any fault this fails already: ${before}`)
  process.exit(1)
}
for (const [id, what, module, was, becomes] of wanted) {
  const found = await firstFailure(fileOf(module), was, becomes, id)
  if (!found) missed.push(id)
  console.log(`| \`${id}\` | ${what} | ${found ?? 'NOT FOUND'} |`)
}
console.log(`${wanted.length - missed.length} of ${wanted.length} planted faults found${missed.length > 0 ? `; not found: ${missed.join(', ')}` : ''}`)
process.exit(wanted.length === 0 || missed.length > 0 ? 1 : 0)

/** The first test that fails with the fault in it. */
async function firstFailure(file, was, becomes, id) {
  let planted = false
  const plant = {
    name: 'plant', enforce: /** @type {const} */ ('pre'),
    transform(text, module) {
      if (module.split('?')[0] !== file) return undefined
      planted = true
      return text.replace(was, () => becomes)
    },
  }
  const failed = await firstFailureWith(plant)
  if (!planted) throw new Error(`${id}: ${file} was not loaded`)
  return failed
}

/** The tables first; what they do not notice is left to the properties. */
async function firstFailureWith(plugin) {
  const failed = (await failuresOf(['calendars-say', 'plan.test', 'repair.test'], plugin)) ?? (await failuresOf(['plan.property'], plugin))
  process.exitCode = undefined
  return failed
}

/** Without the projects of `vitest.config.ts`, which would not load what is planted. */
async function failuresOf(files, plant) {
  const tests = await startVitest('test', files.map((name) => `src/core/scheduling/${name}`), { config: false, root: home, include: ['src/core/scheduling/*.test.ts'], watch: false, bail: 1, isolate: false, testTimeout: 600_000, reporters: [{}], maxWorkers: 1 }, { plugins: [plant] })
  const failed = tests.state.getFiles().flatMap((one) => failures(one))
  await tests.close()
  return failed[0]
}

function failures(task) {
  return task.tasks ? task.tasks.flatMap(failures) : task.result?.state === 'fail' ? [task.name] : []
}
