// Writes pictures of every screen, on a phone, a tablet and a desk, in both lights, into screenshots/. First the screens
// an address leads to, in a sample practice of its own; then those that only a walk comes to, on the walks of e2e.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { browser as found } from './browser.mjs'
import { home } from './prepare.mjs'
import { lights, sizes } from './sizes.mjs'

process.chdir(home)
const port = process.env.PORT ?? '4790'
const origin = `http://127.0.0.1:${port}`
const only = process.argv[2]
let taken = 0
const people = { jonas: '103', helen: '106', maya: '107', claire: '102', amara: '101', mara: '121', tomas: '122', ida: '123' }
const idOf = (name) => `5a3e0000-0000-4000-8000-000000000${people[name]}`
/** The walks that take a picture of a name that is wanted. */
const walks = readdirSync('e2e').filter((file) => file.endsWith('.test.ts') && picturesOn(file).some((name) => !only || name.includes(only)))

const server = spawn(process.execPath, ['tools/throwaway.mjs'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PORT: port } })
try {
  await answers()
  const { executablePath, env } = found()
  const program = await chromium.launch({ executablePath, env: { ...process.env, ...env } })
  for (const [name, viewport] of Object.entries(sizes)) await visit(program, name, viewport)
  await program.close()
} finally {
  server.kill('SIGTERM')
}
for (const file of walks) await walk(`e2e/${file}`)
if (taken === 0 && walks.length === 0) {
  console.error(`No screen has a name with “${only}” in it.`)
  process.exitCode = 1
}

/** The names of the pictures a walk takes, in its file or in the folder of its steps. */
function picturesOn(file) {
  const steps = path.join('e2e', file.replace('.test.ts', ''))
  const files = [path.join('e2e', file), ...(existsSync(steps) ? readdirSync(steps).map((step) => path.join(steps, step)) : [])]
  return files.flatMap((one) => [...readFileSync(one, 'utf8').matchAll(/\bpictures\([^,()]+, ['`]([\w-]+)/g)].map(([, name]) => name))
}

async function visit(program, size, viewport) {
  const charts = await chartsByName(program)
  const of = (name, rest = '') => `/work/charts/${charts[name]}${rest}`
  const screens = [
    ['public', null, '/'], ['public-check', null, '/check'], ['public-inquiry', null, '/inquiry'], ['public-help', null, '/help'], ['sign-in', null, '/sign-in'], ['my-sign-in', null, '/my/sign-in'],
    ['coordinator-home', 'claire', '/work'], ['coordinator-inquiries', 'claire', '/work/inquiries'], ['coordinator-calendar', 'claire', '/work/calendar'], ['coordinator-plan', 'claire', of('Ida Nilsson', '/plan')], ['coordinator-money', 'claire', of('Mara Keller', '/money')],
    ['therapist-home', 'jonas', '/work'], ['therapist-chart', 'jonas', of('Mara Keller')], ['therapist-chart-early', 'jonas', of('Ida Nilsson')], ['therapist-integration', 'jonas', of('Mara Keller', '?step=integration')], ['therapist-outcome', 'jonas', of('Mara Keller', '?step=outcome')],
    ['rules-told-by-therapist', 'jonas', of('Mara Keller', '?step=for-prescriber')], ['rules-read-by-prescriber', 'helen', of('Mara Keller', '?step=for-prescriber')], ['rules-morning', 'mara', '/my'],
    ['therapist-follow-up', 'jonas', of('Mara Keller', '?step=visit-follow-up')], ['session-start', 'jonas', of('Mara Keller', '/start')], ['drill', 'jonas', '/work/drill'], ['session-record', 'jonas', of('Mara Keller', '/session/latest')],
    ['prescriber-home', 'helen', '/work'], ['prescriber-chart', 'helen', of('Ida Nilsson', '?step=clearance')], ['prescriber-eligibility', 'helen', of('Ida Nilsson', '?step=eligibility')], ['prescriber-outcome-after', 'helen', of('Tomás Rivera', '?step=outcome')], ['monitor-home', 'maya', '/work'],
    ['owner-home', 'amara', '/work'], ['owner-practice', 'amara', '/work/practice'], ['owner-money', 'amara', of('Tomás Rivera', '/money')], ['owner-medicines', 'amara', '/work/practice/medicines'], ['rulebook', 'helen', '/work/rulebook'], ['rulebook-course', 'helen', '/work/rulebook/courses/solo-six'], ['rulebook-own-course', 'helen', '/work/rulebook/courses/solo-six/copy'], ['outbox', 'claire', '/work/outbox'], ['my-calendars', 'jonas', '/work/my-calendars'], ['my-devices', 'jonas', '/work/my-devices'], ['coordinator-timeline', 'claire', '/work/calendar?view=timeline'],
    ['patient-home', 'mara', '/my'], ['patient-home-early', 'ida', '/my'], ['patient-home-after', 'tomas', '/my'], ['patient-curve-after', 'tomas', '/my/curve'], ['patient-money-after', 'tomas', '/my/money'],
    ...['plan', 'calendar', 'journal', 'messages', 'safety-plan', 'questionnaires', 'consents', 'curve', 'money', 'record', 'devices'].map((one) => [`patient-${one}`, 'mara', `/my/${one}`]),
  ].filter(([name]) => !only || name.includes(only))
  let context
  let who
  for (const [name, person, address] of screens) {
    if (person !== who || !context) {
      await context?.close()
      context = await program.newContext({ viewport, locale: 'en-US', timezoneId: 'America/Los_Angeles' })
      who = person
      if (person) await context.request.post(`${origin}/api/sample/enter`, { data: { person: idOf(person) } })
    }
    const page = await context.newPage()
    page.on('pageerror', (failure) => console.error(`${name}: ${failure.message}`))
    await page.goto(`${origin}${address}`)
    await wait(1_200)
    mkdirSync(`screenshots/${size}`, { recursive: true })
    for (const light of lights) {
      await page.evaluate((dim) => { if (dim) document.documentElement.dataset.light = 'dim'; else delete document.documentElement.dataset.light }, light === 'dim')
      await wait(150)
      await page.screenshot({ path: path.join('screenshots', size, `${name}${light === 'dim' ? '-dim' : ''}.png`), fullPage: !name.startsWith('session') })
    }
    await page.close()
  }
  await context?.close()
  taken += screens.length * lights.length
  console.log(`${size}: ${screens.length * lights.length} pictures`)
}

/** The walk itself takes the pictures, by `e2e/support/pictures.ts`. */
async function walk(file) {
  const env = { ...process.env, SCREENS: path.resolve('screenshots'), SCREENS_ONLY: only ?? '' }
  const child = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', file], { stdio: 'inherit', env })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) process.exitCode = 1
}

async function chartsByName(program) {
  const context = await program.newContext()
  await context.request.post(`${origin}/api/sample/enter`, { data: { person: idOf('claire') } })
  const { rows } = await (await context.request.get(`${origin}/api/home`)).json()
  await context.close()
  return Object.fromEntries(rows.map(({ name, chart }) => [name, chart]))
}

async function answers() {
  for (let tries = 0; tries < 900; tries++) {
    const answer = await fetch(`${origin}/api/health`).catch(() => undefined)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error('The server did not answer.')
}
