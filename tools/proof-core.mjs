// npm run proof:core: which branches of the folders a dose rests on no test walks, and which changes to them no test
// would notice. Breaks the code in every way Stryker knows, one at a time, and lists what lives.
//   --folder dosing   one of eligibility, session, dosing, or a file in one; may stand several times
//   --sample 20       only 20 declarations of each folder, drawn by --seed 1; what lives is then judged, the score and the list are not
//   --coverage        branches alone;  --mutants   changes alone
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { Stryker } from '@stryker-mutator/core'
import { parseAst } from 'vite'
import { home } from './prepare.mjs'
import { excuse, said, scoreOf } from './proof-core-judge.mjs'

process.chdir(home)
const folders = ['dosing', 'session', 'eligibility']
const atLeastPercent = 95
const vitest = 'tools/proof-core.vitest.mjs'
/** Of this run alone: two may go on at once. */
const copies = `test-results/mutants-${process.pid}`
const { values: asked } = parseArgs({ options: {
  folder: { type: 'string', multiple: true, default: folders }, sample: { type: 'string' }, seed: { type: 'string', default: '1' }, coverage: { type: 'boolean' }, mutants: { type: 'boolean' },
} })
process.env.PROOF_SEED = asked.seed
const files = asked.folder.flatMap(filesIn)
if (files.length === 0) stop(`There is no code in ${asked.folder.join(', ')}.`)
if (asked.sample !== undefined && !(Number(asked.sample) > 0)) stop('--sample is the number of declarations of each folder, 1 or more.')

const faults = [...(asked.mutants ? [] : coverage()), ...(asked.coverage ? [] : await mutants())]
console.log(faults.length === 0 ? 'Nothing to answer for.' : faults.join('\n'))
process.exit(faults.length === 0 ? 0 : 1)

function coverage() {
  const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '-c', vitest, '--root', '.', '--coverage.enabled', '--reporter=dot', ...files.map((file) => `--coverage.include=${file}`)], { stdio: 'inherit' })
  return status === 0 ? [] : ['branches: a test failed, or not every branch is walked']
}

/**
 * One copy of the code holds all changes; a switch turns on one at a time, and only tests that come by it are run: in one
 * process for all changes (proof-core.stryker.mjs), which is done before the first is reported, within the dry run.
 */
async function mutants() {
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
  const results = await new Stryker({
    testRunner: 'quick', plugins: ['@stryker-mutator/vitest-runner', path.join(home, 'tools/proof-core.stryker.mjs')], dryRunTimeoutMinutes: 600, vitest: { configFile: vitest, related: true }, coverageAnalysis: 'perTest', concurrency: 1, timeoutMS: 20_000,
    mutate: asked.sample === undefined ? files : asked.folder.flatMap((folder) => drawn(filesIn(folder), Number(asked.sample), Number(asked.seed))),
    tempDirName: copies, cleanTempDir: 'always', ignorePatterns: ['docs', 'e2e', 'bench', 'dist', 'screenshots', 'test-results', 'src/server', 'src/web', 'src/cli', '**/*.md'],
    tsconfigFile: 'none', reporters: ['progress-append-only'], logLevel: 'warn', fileLogLevel: 'off', allowConsoleColors: false,
  }).runMutationTest()
  const mutants = results.map((result) => ({ ...said(result, texts), status: result.status }))
  if (mutants.length === 0) return ['mutants: nothing was changed, so nothing was proved']
  const { unexplained, stale, excused } = excuse(mutants, JSON.parse(readFileSync('tools/proof-core.living.json', 'utf8')), asked.sample === undefined ? files : [])
  for (const one of excused) console.log(`lives, with a reason: ${one.file}: ${one.becomes}\n    ${one.reason}`)
  const low = asked.folder.flatMap((folder) => {
    const { caught, all, percent, ways } = scoreOf(mutants.filter(({ file }) => filesIn(folder).includes(file)))
    console.log(`${folder}: ${caught} of ${all} changes noticed, ${percent.toFixed(1)} % (${Object.entries(ways).map(([way, count]) => `${way} ${count}`).join(', ')})`)
    // A handful of changes has no meaningful share; what lives among them is answered for all the same.
    return asked.sample === undefined && percent < atLeastPercent ? [`${folder}: fewer than ${atLeastPercent} % noticed`] : []
  })
  rmSync(copies, { recursive: true, force: true })
  return [...unexplained.map(({ file, line, was, becomes }) => `lives, and nobody said why: ${file}:${line}\n    was      ${was}\n    becomes  ${becomes}`), ...stale.map(({ file, becomes }) => `listed, but it does not live: ${file}: ${becomes}`), ...low]
}

function filesIn(folder) {
  if (folder.endsWith('.ts')) return [`src/core/${folder}`]
  if (!folders.includes(folder)) stop(`${folder} is none of ${folders.join(', ')}.`)
  return readdirSync(`src/core/${folder}`).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'fixtures.ts').map((name) => path.posix.join('src/core', folder, name))
}

/** So many top-level declarations out of these files, whole: the same ones for the same seed. */
function drawn(from, count, seed) {
  const all = from.flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    const lineOf = (offset) => text.slice(0, offset).split('\n').length
    return parseAst(text, { lang: 'ts' }).body.filter(({ type, exportKind }) => !type.startsWith('Import') && !type.startsWith('TS') && exportKind !== 'type').map(({ start, end }) => `${file}:${lineOf(start)}-${lineOf(end)}`)
  })
  let state = seed >>> 0
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return all.map((one) => ({ one, at: chance() })).toSorted((a, b) => a.at - b.at).slice(0, count).map(({ one }) => one)
}

function stop(line) {
  console.error(line)
  process.exit(1)
}
