// Finds a Chromium: the one named, the machine's own, or the one that came with npm.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const usual = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where the browser is, and what its environment must hold besides. */
export function browser() {
  if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH, env: {} }
  const own = usual.find((file) => existsSync(file))
  if (own && !process.env.BUNDLED_CHROMIUM) return { executablePath: own, env: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return bundled()
  throw new Error('No Chromium was found on this machine. Install Chrome, or set CHROMIUM_PATH to one.')
}

/** The package holds it compressed. Unpacked once, beside its place, so that half of it is never used. */
function bundled() {
  const folder = path.join(import.meta.dirname, '../node_modules/.cache/openkap-chromium')
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}`
    mkdirSync(half, { recursive: true })
    const unpack = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()`
    // The variable makes the package unpack the system libraries too, which a bare machine lacks.
    const env = { ...process.env, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', unpack], { cwd: path.dirname(import.meta.dirname), env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`The bundled Chromium could not be unpacked: ${stderr}`)
    try {
      renameSync(half, folder)
    } catch (failure) {
      rmSync(half, { recursive: true, force: true })
      if (!existsSync(folder)) throw failure
    }
  }
  const executablePath = path.join(folder, 'chromium')
  const complete = spawnSync(executablePath, ['--version']).status === 0
  return { executablePath, env: { FONTCONFIG_FILE: fontsOf(folder), ...(complete ? {} : { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') }) } }
}

/** The configuration in the package names folders of another machine; without fonts the browser falls over at the first text field. */
function fontsOf(folder) {
  const file = path.join(folder, 'fonts.conf')
  if (!existsSync(file)) {
    const places = [path.join(folder, 'fonts/fonts'), path.join(folder, 'fonts'), '/usr/share/fonts']
    writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${places.map((place) => `<dir>${place}</dir>`).join('')}<cachedir>${path.join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`)
  }
  return file
}

/**
 * Ends all of a browser at once, as the power going does, and waits until none of its processes is left: one that lived on
 * could still write where the next one reads. Needs a browser that was started `detached`, so that its processes are a group
 * of their own; also whoever left that group and names its folder is waited for.
 */
export async function endAll({ pid }, folder) {
  const kill = (one) => { try { process.kill(one, 'SIGKILL') } catch { /* It is gone already. */ } }
  kill(-pid)
  for (let left = aliveOf(pid, folder); left.length > 0; left = aliveOf(pid, folder)) {
    for (const one of left) kill(one)
    await wait(5)
  }
}

/** Whoever is still running of a browser's processes; one that ended and was not asked after yet runs no more. */
export function aliveOf(group, folder) {
  if (process.platform !== 'linux') {
    try { process.kill(-group, 0); return [-group] } catch { return [] }
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    const [stat, line] = ['stat', 'cmdline'].map((file) => { try { return readFileSync(`/proc/${pid}/${file}`, 'latin1') } catch { return '' } })
    const [state, , ofGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return stat !== '' && !['Z', 'X'].includes(state) && (Number(ofGroup) === group || line.includes(folder)) && pid !== process.pid
  })
}
