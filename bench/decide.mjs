// bench/decide: charts screened a second by `kap decide eligibility`, through a pipe, as a register would ask.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { home, prepare } from '../tools/prepare.mjs'
import { cpuMs, median, option, printTable, show } from './support/figures.mjs'

const LINES = option('lines', 100_000)
const ROUNDS = option('rounds', 5)
const MARK = 20_000

const dist = process.env.OPENKAP_DIST ? path.resolve(process.env.OPENKAP_DIST) : path.join(home, 'dist')
if (!process.env.OPENKAP_DIST) await prepare()
const cases = readFileSync(path.join(home, 'src/core/eligibility/cases/eligibility.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const folder = mkdtempSync(path.join(tmpdir(), 'kap-bench-'))
const file = path.join(folder, 'lines.jsonl')
writeFileSync(file, Array.from({ length: LINES }, (_, at) => JSON.stringify({ id: at, input: cases[at % cases.length].input })).join('\n'))
// The same lines read and written again with nothing asked in between: what the pipe and JSON alone cost.
const bare = path.join(folder, 'bare.mjs')
writeFileSync(bare, `import { readFileSync } from 'node:fs'
const out = []
for (const line of readFileSync(process.argv[2], 'utf8').split('\\n')) { const { id } = JSON.parse(line); out.push(JSON.stringify({ id, output: { decision: 'ELIGIBLE', rules: [] } })); if (out.length === 500) process.stdout.write(out.splice(0).join('\\n') + '\\n') }
process.stdout.write(out.join('\\n'))
`)

console.log(`machine   ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.versions.node}`)
console.log(`asked     ${LINES} charts of ${cases.length} kinds, ${ROUNDS} rounds, one process; "of one core" is processor time from the first answer on, whatever else the machine does\n`)
const rounds = { ours: [], bare: [] }
let wrong = 0
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.ours.push(await ask([path.join(dist, 'server/kap.mjs'), 'decide', 'eligibility', file], (answer, at) => { if (!isRight(answer, cases[at % cases.length], at)) wrong += 1 }))
    rounds.bare.push(await ask([bare, file], () => {}))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const row = (name, all) => [name, ...[(one) => one.onCore, (one) => one.afterStart, (one) => one.whole, (one) => one.firstMs].map((of) => show(median(all.map(of)), 0)), show(Math.min(...all.map((one) => one.onCore)), 0)]
printTable(['', 'a second of one core', 'a second after start', 'a second in all', 'first answer ms', 'slowest round'], [row('kap decide eligibility', rounds.ours), row('bare: JSON in, JSON out', rounds.bare)])
const met = median(rounds.ours.map((one) => one.onCore)) >= MARK
console.log(`\nwrong answers ${wrong}; the mark of ${MARK} a second of one core is ${met ? 'met' : 'missed'}`)
process.exitCode = met && wrong === 0 ? 0 : 1

/** Runs one program to its end and reads its lines as they come. */
function ask(args, check) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let [rest, at, first, firstCount, firstCpu, cpu] = ['', 0, 0, 0, 0, 0]
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()
      for (const line of lines) check(JSON.parse(line), at++)
      cpu = cpuMs({ pid: child.pid }) || cpu
      if (first === 0 && at > 0) [first, firstCount, firstCpu] = [performance.now(), at, cpu]
    })
    child.once('error', reject)
    child.once('close', () => {
      if (rest !== '') check(JSON.parse(rest), at++)
      const ended = performance.now()
      if (at !== LINES) return reject(new Error(`${at} answers to ${LINES} lines`))
      resolve({ afterStart: ((at - firstCount) / (ended - first)) * 1000, onCore: ((at - firstCount) / (cpu - firstCpu)) * 1000, whole: (at / (ended - began)) * 1000, firstMs: first - began })
    })
  })
}

function isRight({ id, output }, { expect }, at) {
  return id === at && output.decision === expect.decision && (!expect.rules || JSON.stringify(output.rules.toSorted()) === JSON.stringify(expect.rules.toSorted()))
}
