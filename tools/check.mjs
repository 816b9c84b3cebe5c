// What can be known without running anything: types room by room, lint, the lock. Ends with one line that counts.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { home, prepare } from './prepare.mjs'

process.chdir(home)
await prepare()
const bin = (name) => path.join('node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name)
const checks = [
  ...['core', 'knowledge', 'server', 'web', 'cli'].map((room) => ({ name: `types: ${room}`, program: bin('tsc'), args: ['-p', `src/${room}`] })),
  { name: 'types: tests, tools and everything else', program: bin('tsc'), args: ['-p', '.'] },
  { name: 'lint', program: bin('oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { name: 'lock', program: process.execPath, args: ['tools/lock-check.mjs'] },
  ...(existsSync('knip.json') ? [{ name: 'nothing unused', program: bin('knip'), args: ['--no-progress'] }] : []),
]

let failed = 0
for (const { name, program, args } of checks) {
  const started = performance.now()
  const { code, output } = await run(program, args)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  if (code !== 0) console.log(output.trimEnd().replace(/^/gm, '    '))
  if (code !== 0) failed += 1
}
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    let output = ''
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.once('error', (failure) => resolve({ code: 1, output: failure.message }))
    child.once('close', (code) => resolve({ code, output }))
  })
}
