// npm test: unit, property, database and HTTP tests, then the browser. Ends with one line that counts them all.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { home, prepare } from './prepare.mjs'

process.chdir(home)
await prepare()
mkdirSync('test-results', { recursive: true })
const files = { vitest: path.resolve('test-results/vitest.json'), playwright: path.resolve('test-results/playwright.json') }
const bin = (name) => path.join(home, 'node_modules', name)

const results = [
  await count('unit, property, database and HTTP tests', bin('vitest/vitest.mjs'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${files.vitest}`], files.vitest, fromVitest),
  await count('browser tests', bin('@playwright/test/cli.js'), ['test', '--reporter=list,json'], files.playwright, fromPlaywright, { PLAYWRIGHT_JSON_OUTPUT_FILE: files.playwright }),
]
const sum = (what) => results.reduce((total, result) => total + result[what], 0)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') > 0 ? 1 : 0)

/** A runner that ended badly, said nothing or ran nothing has failed, whatever it counted. */
async function count(name, program, args, file, read, env = {}) {
  console.log(`\n# ${name}`)
  const started = performance.now()
  rmSync(file, { force: true })
  const code = await run(program, args, env)
  const { passed, failed } = read(file)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  if (passed + failed === 0) return tell(`no test ran`, { passed, failed: 1 })
  if (code !== 0 && failed === 0) return tell(`the runner ended with ${code}`, { passed, failed: 1 })
  return tell(`${passed} passed, ${failed} failed`, { passed, failed })

  function tell(line, result) {
    console.log(`# ${name}: ${line} (${seconds} s)`)
    return result
  }
}

function run(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** A file that failed before its first test counts as one failure. */
function fromVitest(file) {
  const report = readReport(file)
  const broken = report?.testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length ?? 0
  return { passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + broken }
}

/** A test that passed only on a second try has failed. */
function fromPlaywright(file) {
  const report = readReport(file)
  return { passed: report?.stats.expected ?? 0, failed: (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0) + (report?.errors.length ?? 0) }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
