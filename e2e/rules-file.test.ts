import { cpSync, rmSync, truncateSync, writeFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** The rules that ship, damaged under a running server or on their way to a device. On a copy of what was built, inside the folder that holds its packages. */
const copy = path.resolve(`node_modules/.openkap-damaged-${process.pid}`)
const file = path.join(copy, 'server/rulebook.json')
let whole: string
let server: OwnServer | undefined
test.beforeAll(async () => {
  cpSync('dist', copy, { recursive: true })
  whole = readFileSync(file, 'utf8')
  server = await ownServer({ program: path.join(copy, 'server/main.mjs') })
})
test.afterAll(async () => {
  await server?.close()
  rmSync(copy, { recursive: true, force: true })
})

async function device(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, serviceWorkers: 'block' })
  await context.request.post(`${server!.url}/api/sample/enter`, { data: { person: staff.therapist } })
  return context.newPage()
}
async function chartOf(page: Page): Promise<string> {
  const { rows } = await (await page.request.get(`${server!.url}/api/home`)).json()
  return rows.find(({ name }: { name: string }) => name === 'Mara Keller').chart
}
const start = (page: Page, chart: string) => page.goto(`${server!.url}/work/charts/${chart}/start`)
const startsNothing = async (page: Page, says: RegExp) => {
  await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start the session' })).toBeDisabled()
}

for (const [damage, does, says] of [
  ['cut short', () => truncateSync(file, 5_000), /rulebook\.json, is cut short/], ['missing', () => rmSync(file), /rulebook\.json, is missing/],
  ['altered', () => writeFileSync(file, whole.replace('"fewestPeople":2', '"fewestPeople":1')), /rulebook\.json, is not what was built/],
] as const) {
  test(`${damage} on the server: no dose is started, the chart is read, and it heals without starting again`, async ({ browser }) => {
    const page = await device(browser)
    const chart = await chartOf(page)
    await start(page, chart)
    await expect(page.getByRole('heading', { name: /Not yet: this is missing|Looked at before/ })).toBeVisible()
    does()
    try {
      await start(page, chart)
      await startsNothing(page, says)
      await expect(page.getByText(/node tools\/build\.mjs/)).toBeVisible()
      await noViolations(page)
      await pictures(page, `rules-${damage.replace(' ', '-')}-before-start`)
      await page.goto(`${server!.url}/work/charts/${chart}`)
      await expect(page.getByRole('alert').filter({ hasText: says })).toContainText('The chart can be read and written')
      await expect(page.getByText('Mara Keller').first()).toBeVisible()
      await pictures(page, `rules-${damage.replace(' ', '-')}-chart`)
      await page.goto(`${server!.url}/work/rulebook`)
      await expect(page.getByRole('alert').filter({ hasText: says })).toContainText('Charts stay readable')
      await pictures(page, `rules-${damage.replace(' ', '-')}-rulebook`, { whole: false })
    } finally {
      writeFileSync(file, whole)
    }
    await start(page, chart)
    await expect(page.getByRole('heading', { name: /Not yet: this is missing|Looked at before/ })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}

test('altered on the way to a device: that device says so and starts nothing; another goes on', async ({ browser }) => {
  const page = await device(browser)
  let altered = 0
  await page.route('**/*.js', async (route) => {
    const answer = await route.fetch()
    const text = await answer.text()
    const other = text.replace(/fewestPeople:2\b/g, 'fewestPeople:1')
    if (other !== text) altered += 1
    await route.fulfill({ response: answer, body: other, headers: { 'content-type': 'text/javascript' } })
  })
  const chart = await chartOf(page)
  await start(page, chart)
  await startsNothing(page, /other rules than the practice’s server/)
  expect(altered).toBeGreaterThan(0)
  await noViolations(page)
  await pictures(page, 'rules-altered-device')
  const other = await device(browser)
  await start(other, chart)
  await expect(other.getByRole('heading', { name: /Not yet: this is missing|Looked at before/ })).toBeVisible()
})
