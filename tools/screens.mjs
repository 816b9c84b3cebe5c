// Writes pictures of every screen, on a phone, a tablet and a desk, into screenshots/. Starts a sample practice of its own.
import { mkdirSync } from 'node:fs'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import { browser as found } from './browser.mjs'
import { home } from './prepare.mjs'

process.chdir(home)
const port = process.env.PORT ?? '4790'
const origin = `http://127.0.0.1:${port}`
const only = process.argv[2]
const sizes = { phone: { width: 390, height: 844 }, tablet: { width: 1180, height: 820 }, desk: { width: 1440, height: 900 } }
const people = { jonas: '103', helen: '106', maya: '107', claire: '102', amara: '101', mara: '121', tomas: '122', ida: '123' }
const idOf = (name) => `5a3e0000-0000-4000-8000-000000000${people[name]}`

const server = spawn(process.execPath, ['tools/throwaway.mjs'], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PORT: port } })
try {
  await answers()
  const { executablePath, env } = found()
  const program = await chromium.launch({ executablePath, env: { ...process.env, ...env } })
  for (const [name, viewport] of Object.entries(sizes)) await walk(program, name, viewport)
  await program.close()
} finally {
  server.kill('SIGTERM')
}

async function walk(program, size, viewport) {
  const charts = await chartsByName(program)
  const screens = [
    ['public', null, '/'], ['public-check', null, '/check'], ['public-inquiry', null, '/inquiry'], ['public-help', null, '/help'], ['sign-in', null, '/sign-in'], ['my-sign-in', null, '/my/sign-in'],
    ['coordinator-home', 'claire', '/work'], ['coordinator-inquiries', 'claire', '/work/inquiries'], ['coordinator-calendar', 'claire', '/work/calendar'], ['coordinator-plan', 'claire', `/work/charts/${charts['Ida Nilsson']}/plan`], ['coordinator-money', 'claire', `/work/charts/${charts['Mara Keller']}/money`],
    ['therapist-home', 'jonas', '/work'], ['therapist-chart', 'jonas', `/work/charts/${charts['Mara Keller']}`], ['therapist-chart-early', 'jonas', `/work/charts/${charts['Ida Nilsson']}`], ['session-start', 'jonas', `/work/charts/${charts['Mara Keller']}/start`], ['session-record', 'jonas', `/work/charts/${charts['Mara Keller']}/session/latest`],
    ['prescriber-home', 'helen', '/work'], ['prescriber-chart', 'helen', `/work/charts/${charts['Ida Nilsson']}?step=clearance`], ['monitor-home', 'maya', '/work'],
    ['owner-home', 'amara', '/work'], ['owner-practice', 'amara', '/work/practice'], ['rulebook', 'helen', '/work/rulebook'], ['outbox', 'claire', '/work/outbox'],
    ['patient-home', 'mara', '/my'], ['patient-home-early', 'ida', '/my'], ['patient-home-after', 'tomas', '/my'], ...['plan', 'journal', 'messages', 'safety', 'questions', 'consents', 'papers'].map((one) => [`patient-${one}`, 'mara', `/my/${one}`]),
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
    await page.screenshot({ path: path.join('screenshots', size, `${name}.png`), fullPage: !name.startsWith('session') })
    await page.close()
  }
  await context?.close()
  console.log(`${size}: ${screens.length} pictures`)
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
