// Stryker's runner for Vitest, made quick: the changes that tests come by while they run are tried in one go for each
// file of tests (proof-core.at-once.mjs). What a file comes by while it loads needs the file loaded anew, and is tried
// by itself, with the files that load it and no others.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { strykerPlugins as vitest } from '@stryker-mutator/vitest-runner'

const asked = 'proof-core.at-once.json'
const told = 'proof-core.at-once.ndjson'
const kept = 'proof-core.files.json'
const atOnce = path.join(import.meta.dirname, 'proof-core.at-once.mjs')
/** When nothing was said for so long, a change goes round in circles; it is then tried by itself. */
const patienceMs = 90_000

function quick(injector) {
  const runner = vitest[0].factory(injector)
  const plain = { dryRun: runner.dryRun.bind(runner), mutantRun: runner.mutantRun.bind(runner), run: runner.run.bind(runner) }
  const said = () => (existsSync(told) ? readFileSync(told, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [])

  runner.dryRun = async (options) => {
    const first = await plain.dryRun(options)
    if (first.status !== 'complete') return first
    const files = runner.ctx.state.getFiles().map(({ filepath, result, meta: { mutantCoverage } }) => ({
      file: filepath, timeMs: result?.duration ?? 0, loads: Object.keys(mutantCoverage?.static ?? {}), runs: [...new Set(Object.values(mutantCoverage?.perTest ?? {}).flatMap((one) => Object.keys(one)))],
    })).toSorted((a, b) => a.timeMs - b.timeMs)
    writeFileSync(kept, JSON.stringify(files))
    for (const { file, runs, loads } of files) await tryFile(file, runs.filter((id) => !loads.includes(id)))
    return first
  }

  async function tryFile(file, changes) {
    const tried = new Set()
    for (;;) {
      const before = said()
      const noticed = new Set(before.filter(([what]) => what === 'noticed').map(([, id]) => id))
      const open = changes.filter((id) => !noticed.has(id) && !tried.has(id))
      if (open.length === 0) return
      const isStuck = await tryAtOnce(file, open)
      const news = said().slice(before.length)
      for (const [, id] of news) tried.add(id)
      // Again from where a change left something behind, without that change.
      if (news.length === 0 || !(isStuck || news.at(-1)[0] === 'left behind')) return
    }
  }

  async function tryAtOnce(file, open) {
    writeFileSync(asked, JSON.stringify({ open, file, told: path.resolve(told) }))
    const { ctx } = runner
    const setups = ctx.projects.map(({ config }) => config.setupFiles)
    runner.resetContext()
    ctx.config.related = undefined
    for (const { config } of ctx.projects) Object.assign(config, { runner: atOnce, testNamePattern: undefined, setupFiles: config.setupFiles.filter((one) => one !== runner.localSetupFile) })
    let watch
    const stuck = new Promise((resolve) => {
      let seen = -1
      watch = setInterval(() => {
        const { length } = said()
        if (length === seen) resolve(true)
        seen = length
      }, patienceMs)
    })
    const isStuck = await Promise.race([ctx.start([file]).then(() => false, () => false), stuck])
    clearInterval(watch)
    if (isStuck) {
      await ctx.close()
      await runner.init()
    } else ctx.projects.forEach(({ config }, place) => Object.assign(config, { runner: undefined, setupFiles: setups[place] }))
    return isStuck
  }

  runner.mutantRun = async (options) => {
    const { id, fileName } = options.activeMutant
    const lines = said().filter(([, one]) => one === id)
    const caught = lines.find(([what]) => what === 'noticed')
    if (caught) return { status: 'killed', killedBy: [caught[2]], failureMessage: 'with the change, and not without it', nrOfTests: 1 }
    const lives = new Set(lines.filter(([what]) => what === 'lives').map(([, , file]) => file))
    const own = path.basename(fileName, '.ts')
    const open = JSON.parse(readFileSync(kept, 'utf8')).filter(({ file, loads, runs }) => (loads.includes(id) || runs.includes(id)) && !lives.has(file)).map(({ file }) => file)
    let last = { status: 'survived', nrOfTests: 0 }
    for (const files of [open.filter((file) => path.basename(file).startsWith(`${own}.`)), open.filter((file) => !path.basename(file).startsWith(`${own}.`))]) {
      if (files.length === 0) continue
      runner.run = () => plain.run({ testFiles: files })
      last = await plain.mutantRun({ ...options, mutantActivation: 'static' }).finally(() => { runner.run = plain.run })
      if (last.status !== 'survived') return last
    }
    return last
  }
  return runner
}
quick.inject = vitest[0].factory.inject

export const strykerPlugins = [{ kind: 'TestRunner', name: 'quick', factory: quick }]
