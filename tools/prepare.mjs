// Installs what the lock names and builds what the sources say, each only when something changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

export const home = path.dirname(import.meta.dirname)
const oldest = [20, 19]

/** Everything between a fresh clone and a program that can run. Says nothing when there is nothing to do. */
export async function prepare({ report = (line) => process.stderr.write(`${line}\n`) } = {}) {
  refuseOldNode()
  if (!isInstalled()) {
    refuseClosed(home)
    report('Installing the packages that package-lock.json names …')
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  if (!isBuilt()) {
    refuseClosed(home)
    report('Building …')
    await run(process.execPath, [path.join(home, 'tools/build.mjs')])
  }
}

/** What the built program stands on, in one fingerprint. build.mjs writes it beside what it built. */
export function fingerprint() {
  const hash = createHash('sha256')
  const sources = walk(path.join(home, 'src')).filter((file) => !/\.test\.tsx?$|README\.md$/.test(file))
  for (const file of [...sources, ...['vite.config.ts', 'tools/build.mjs', 'package-lock.json'].map((name) => path.join(home, name))]) {
    hash.update(path.relative(home, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

export const stampFile = path.join(home, 'dist/.stamp')

/** Runs a program to its end; its failure is ours, with its own words already on the screen. */
export function run(program, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: home, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' && program === 'npm' })
    child.once('error', (failure) => stop(`${program} could not be started: ${failure.message}`))
    child.once('exit', (code) => (code === 0 ? resolve() : stop(`This did not work: ${path.basename(program)} ${args.join(' ')}`)))
  })
}

/** npm as it was called, or the one on the path. */
const npm = (args) => {
  const self = process.env.npm_execpath
  return self?.endsWith('.js') ? run(process.execPath, [self, ...args]) : run('npm', args)
}

function stop(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return
  stop(`OpenKAP needs Node ${oldest.join('.')} or newer; this is Node ${process.versions.node}.`)
}

function refuseClosed(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    stop(`OpenKAP has to be built, and this account may not write to ${folder}. Start it once as the account that owns the folder.`)
  }
}

/** npm notes what it installed. A package that only another system needs may be missing. */
function isInstalled() {
  const wanted = packagesIn(path.join(home, 'package-lock.json'))
  const there = packagesIn(path.join(home, 'node_modules/.package-lock.json'))
  if (!wanted || !there) return false
  return Object.entries(wanted).every(([name, { version, optional, devOptional }]) =>
    name === '' || (there[name] ? there[name].version === version : optional || devOptional))
}

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

const isBuilt = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === fingerprint()

function walk(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.join(item.parentPath, item.name))
    .toSorted()
}
