// A runner for Vitest: once the tests of a file have run, they run again under one change after the other, in the same
// process, without loading anything anew. It says only what a change of the code would have said as well:
//   - a change that was come by while the file loaded was not in force then, so it is left to a run of its own;
//   - noticed is what fails with the change and passes again right after without it. Where it still fails, the change
//     left something behind, and all that is left of this file is left to a run of its own.
import { appendFileSync, readFileSync } from 'node:fs'
import { TestRunner } from 'vitest'

const code = (globalThis.__stryker__ ??= {})
code.mutantCoverage = { static: {}, perTest: {} }
const circles = 100

export default class AtOnce extends TestRunner {
  onBeforeTryTask(test) {
    super.onBeforeTryTask(test)
    code.currentTestId = test.id
  }

  onAfterTryTask(test) {
    code.currentTestId = undefined
    super.onAfterTryTask(test)
  }

  async onAfterRunSuite(suite) {
    if ('filepath' in suite) await this.tryAll(suite)
    await super.onAfterRunSuite(suite)
  }

  async tryAll(file) {
    code.currentTestId = undefined
    const { perTest } = code.mutantCoverage
    const whileLoading = { ...code.mutantCoverage.static }
    const { open, told } = JSON.parse(readFileSync('proof-core.at-once.json', 'utf8'))
    const say = (...line) => appendFileSync(told, `${JSON.stringify(line)}\n`)
    const tests = testsIn(file)
    const hits = {}
    for (const byTest of Object.values(perTest)) for (const [id, count] of Object.entries(byTest)) hits[id] = (hits[id] ?? 0) + count
    const isWhole = tests.length > 0 && tests.every(({ result }) => result?.state === 'pass')
    for (const id of isWhole ? open : []) {
      if (whileLoading[id] || !hits[id]) continue
      say('begins', id)
      const come = tests.filter((test) => perTest[test.id]?.[id]).toSorted((a, b) => a.result.duration - b.result.duration)
      const caught = await this.firstThatFails(come, id, hits[id] * circles)
      if (caught && (await this.fails(caught))) return say('left behind', id)
      say(caught ? 'noticed' : 'lives', id, caught?.name ?? file.filepath)
    }
  }

  async firstThatFails(tests, id, hitLimit) {
    for (const test of tests) if (await this.fails(test, id, hitLimit)) return test
    return undefined
  }

  async fails(test, id, hitLimit) {
    Object.assign(code, { activeMutant: id, hitCount: 0, hitLimit })
    const before = test.result.errors?.length ?? 0
    try {
      super.onBeforeTryTask(test)
      await TestRunner.getTestFn(test)()
      super.onAfterTryTask(test)
      return (test.result.errors?.length ?? 0) > before
    } catch {
      return true
    } finally {
      Object.assign(code, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined })
    }
  }
}

const testsIn = (task) => (task.type === 'test' ? (task.mode === 'run' || task.mode === 'queued' ? [task] : []) : task.tasks.flatMap(testsIn))
