import type { Page } from '@playwright/test'
import { browser as machine } from '../tools/browser.mjs'
import { noViolations } from './support/axe.ts'
import { morningOfASession } from './support/morning.ts'
import { ask, Cast, goOffline, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { checkIn, more, press, startSession, nameAdult } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** A face to know somebody by, and a note that was spoken: with the browser's own camera and microphone for tests. */
const { executablePath, env } = machine()
test.use({ launchOptions: { executablePath, env: { ...(process.env as Record<string, string>), ...env }, args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] } })

let server: OwnServer
test.beforeAll(async () => {
  server = await ownServer()
})
test.afterAll(() => server?.close())
test.setTimeout(480_000)

const room = { whole: false }
const faces = (page: Page) => page.getByRole('img', { name: /^Face of/ })
const log = (page: Page) => page.getByRole('region', { name: 'Log' })
interface Entry { readonly id: string; readonly kind: string; readonly by: string; readonly session?: string; readonly body: Record<string, unknown> }
const entriesOf = async (person: Parameters<typeof ask>[0], chart: string, kind: string) => (await ask<{ entries: Entry[] }>(person, `/api/charts/${chart}/entries`)).entries.filter((entry) => entry.kind === kind)

test('a photo is taken, seen on another device and held against the face; a note is spoken without the network and written out', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const j = jonas.page
  const { chart, visit, people } = await morningOfASession(cast, jonas)

  await test.step('asked first, taken with the camera, seen in the head of the chart', async () => {
    await j.goto(`/work/charts/${chart}?step=person`)
    await expect(j.getByRole('link', { name: 'no photo on record' })).toBeVisible()
    await pictures(j, 'photo-none')
    await press(j, 'Take a photo')
    await expect(j.getByRole('button', { name: 'Open the camera' }), 'nobody is photographed unasked').toHaveCount(0)
    await j.getByLabel('Yes, said aloud').check()
    await press(j, 'Open the camera')
    await pictures(j, 'photo-camera')
    await press(j, 'Take the picture')
    await expect(j.getByRole('img', { name: 'The face as it will be kept' })).toBeVisible()
    await noViolations(j)
    await press(j, 'Keep this photo')
    await expect(faces(j).first()).toBeVisible()
    await expect(faces(j), 'in the head and in its own room').toHaveCount(2)
    await noViolations(j)
    await pictures(j, 'photo-kept')
    await expect.poll(() => entriesOf(jonas, chart, 'photo-taken.v1'), 'kept here first, then on the server').toHaveLength(1)
    const [photo] = await entriesOf(jonas, chart, 'photo-taken.v1')
    const answer = await j.request.get(`/api/charts/${chart}/files/${photo!.id}`)
    expect([answer.status(), answer.headers()['content-disposition']?.startsWith('attachment'), answer.headers()['cache-control']]).toEqual([200, true, 'no-store'])
    expect((await answer.body()).includes('Exif'), 'nothing is told beside the picture').toBe(false)
  })

  await test.step('pinned on both devices of the room: seen there, also without the network', async () => {
    await j.goto(`/work/charts/${chart}/start?visit=${visit}`)
    await nameAdult(j)
    await startSession(j)
    await checkIn(j, 'therapist')
  })
  const monitor = await cast.enter(people.find(({ role }) => role === 'monitor')!.person)
  const m = monitor.page
  await test.step('the second person holds it against the face, with the network gone', async () => {
    await m.goto(j.url())
    await checkIn(m, 'monitor')
    await expect(faces(m)).toBeVisible()
    await m.waitForFunction(async () => (await caches.match('/work')) !== undefined, null, { timeout: 30_000 })
    await goOffline(m)
    await m.reload()
    await expect(faces(m)).toBeVisible({ timeout: 20_000 })
    await more(m, 'Check who it is')
    await m.getByLabel('Full name, said by the person').check()
    await m.getByLabel('Date of birth, said by the person').check()
    await expect(m.getByRole('button', { name: 'Identity checked' })).toBeDisabled()
    await noViolations(m)
    await pictures(m, 'session-identity', room)
    await m.getByLabel('The photo matches').check()
    await press(m, 'Identity checked')
    await expect(log(m).getByText('The photo on record matches the person.')).toBeVisible()
  })

  await test.step('a note is spoken, still without it: kept here, and the light is on only while it listens', async () => {
    await press(m, 'Note')
    await expect(m.getByText('Not recording')).toBeVisible()
    await pictures(m, 'session-note-spoken', room)
    await press(m, 'Speak a note')
    await expect(m.getByText('Recording', { exact: true })).toBeVisible()
    await expect(m.getByRole('timer', { name: 'Spoken for' })).toHaveText('0:03', { timeout: 10_000 })
    await noViolations(m)
    await pictures(m, 'session-note-recording', room)
    await press(m, 'Stop and keep')
    await expect(log(m).getByText(/A spoken note, 0:\d\d, not yet written out/)).toBeVisible()
    await expect(m.getByText(/saved here · \d waiting/)).toBeVisible()
    await expect(log(j).getByText(/A spoken note/)).toHaveCount(0)
    await m.reload()
    await expect(log(m).getByText(/A spoken note, 0:\d\d, not yet written out/)).toBeVisible({ timeout: 20_000 })
  })

  await test.step('the network is back: it arrives once, on the other device too, and stands on its author’s list', async () => {
    await m.context().setOffline(false)
    await expect(log(j).getByText(/A spoken note, 0:\d\d, not yet written out/)).toBeVisible({ timeout: 40_000 })
    await expect(log(j).getByText('The photo on record matches the person.')).toBeVisible()
    const [note, ...more] = await entriesOf(jonas, chart, 'spoken-note.v1')
    expect(more).toEqual([])
    const answer = await j.request.get(`/api/charts/${chart}/files/${note!.id}`)
    expect([answer.status(), (await answer.body()).length]).toEqual([200, (note!.body['file'] as { bytes: number }).bytes])
    const home = await ask<{ rows: { chart: string; matters: { about: string; says: string; mine: boolean }[] }[] }>(monitor, '/api/home')
    expect(home.rows.find((row) => row.chart === chart)!.matters.filter(({ about }) => about === 'spoken')).toMatchObject([{ mine: true, says: expect.stringContaining('not yet written out') }])
  })

  await test.step('another may listen, and only its author writes it out', async () => {
    await log(j).getByRole('button', { name: /^Listen: A spoken note/ }).click()
    await expect(j.locator('audio')).toBeVisible()
    await expect(j.getByRole('textbox', { name: 'Written out' })).toHaveCount(0)
    await j.keyboard.press('Escape')
    await log(m).getByRole('button', { name: /^Listen and write out: A spoken note/ }).click()
    await expect(m.locator('audio')).toBeVisible()
    await expect.poll(() => m.locator('audio').evaluate((sound) => (sound as HTMLAudioElement).readyState), { message: 'it can be played' }).toBeGreaterThan(0)
    await m.getByRole('textbox', { name: 'Written out' }).fill('She hums along with the second piece.')
    await noViolations(m)
    await pictures(m, 'session-spoken', room)
    await press(m, 'Keep the words')
    await expect(log(j).getByText('She hums along with the second piece.')).toBeVisible({ timeout: 20_000 })
    await expect(log(j).getByText(/not yet written out/)).toHaveCount(0)
    await pictures(j, 'session-written-out', room)
  })

  await test.step('a psychotherapy note is spoken into its author’s own notes, and nobody else learns that it is there', async () => {
    await j.goto(`/work/charts/${chart}?step=notes`)
    await press(j, 'Speak a note')
    await expect(j.getByRole('timer', { name: 'Spoken for' })).toHaveText('0:02', { timeout: 10_000 })
    await press(j, 'Stop and keep')
    await expect(j.getByText(/A spoken note, 0:\d\d, not yet written out/)).toBeVisible({ timeout: 20_000 })
    await pictures(j, 'notes-spoken')
    const recorded = async () => (await ask<{ entries: Entry[] }>(jonas, `/api/charts/${chart}/notes`)).entries.find(({ kind }) => kind === 'psychotherapy-recording.v1')
    await expect.poll(recorded, { message: 'it arrives', timeout: 20_000 }).toBeDefined()
    const recording = (await recorded())!
    expect((await j.request.get(`/api/charts/${chart}/files/${recording.id}`)).status()).toBe(200)
    expect((await m.request.get(`/api/charts/${chart}/files/${recording.id}`)).status()).toBe(404)
    expect(JSON.stringify(await ask(monitor, '/api/home'))).not.toContain('psychotherapy-recording')
    await j.getByRole('textbox', { name: 'What was said' }).fill('What moved me.')
    await press(j, 'Keep the words')
    await expect(j.getByRole('paragraph').filter({ hasText: 'What moved me.' })).toBeVisible()
    await noViolations(j)
  })

  await test.step('taken back, it is shown nowhere any more, and it is said', async () => {
    await j.goto(`/work/charts/${chart}?step=person`)
    await press(j, 'Take the photo back')
    await j.getByLabel('The person asked for it').check()
    await press(j, 'Write that it is taken back')
    await expect(j.getByRole('link', { name: 'photo taken back' })).toBeVisible()
    await expect(faces(j)).toHaveCount(0)
    await pictures(j, 'photo-taken-back')
    await expect(m.getByText(/photo taken back/).first()).toBeVisible({ timeout: 20_000 })
    await expect(faces(m)).toHaveCount(0)
    const [photo] = await entriesOf(jonas, chart, 'photo-taken.v1')
    expect((await j.request.get(`/api/charts/${chart}/files/${photo!.id}`)).status()).toBe(410)
  })

  const sessionPage = m.url()
  await test.step('the second person speaks and photographs once more, and none of it can be sent', async () => {
    await m.route(/\/api\/charts\/[^/]+\/(entries|files)$/, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
    await m.route('**/api/quarantine**', (route) => route.abort())
    await press(m, 'Note')
    await press(m, 'Speak a note')
    await expect(m.getByRole('timer', { name: 'Spoken for' })).toHaveText('0:02', { timeout: 10_000 })
    await press(m, 'Stop and keep')
    await expect(log(m).getByText(/A spoken note, 0:\d\d, not yet written out/)).toBeVisible()
    await m.goto(`/work/charts/${chart}?step=person`)
    await press(m, 'Take a photo')
    await m.getByLabel('Yes, said aloud').check()
    await expect(m.locator('.f-face--large'), 'one place for one picture').toHaveCount(1)
    await pictures(m, 'photo-taking')
    await press(m, 'Open the camera')
    await press(m, 'Take the picture')
    await expect(m.getByRole('img', { name: 'The face as it will be kept' })).toBeVisible()
    await press(m, 'Keep this photo')
    await expect(faces(m).first()).toBeVisible()
  })
  await test.step('her access ends, and whoever signs in there next brings it: sealed, and read by nobody', async () => {
    const { signIns } = await ask<{ signIns: { id: string; thisOne: boolean }[] }>(monitor, '/api/sign-ins')
    const elsewhere = await cast.enter(people.find(({ role }) => role === 'monitor')!.person)
    await ask(elsewhere, `/api/sign-ins/${signIns.find(({ thisOne }) => thisOne)!.id}/end`, {})
    await expect(m.getByText(/Your sign-in has ended|You are signed out/).first()).toBeVisible({ timeout: 30_000 })
    const waiting = async () => (await ask<{ acts: { act: string; state: string }[] }>(jonas, `/api/charts/${chart}/quarantine`)).acts.filter(({ state }) => state === 'open')
    expect(await waiting()).toEqual([])
    await ask(monitor, '/api/sample/enter', { person: staff.prescriber })
    await m.unroute('**/api/quarantine**')
    await m.goto(`/work/charts/${chart}`)
    await expect.poll(async () => (await waiting()).length, { timeout: 40_000 }).toBe(2)
    for (const { act } of await waiting()) {
      const { entries, files } = await ask<{ entries: Entry[]; files: { state: string }[] }>(jonas, `/api/charts/${chart}/quarantine/${act}/open`, {})
      expect(files).toMatchObject([{ state: 'here' }])
      expect((await j.request.get(`/api/charts/${chart}/files/${entries[0]!.id}`)).status(), 'before anybody has adopted it').toBe(404)
    }
  })
  await test.step('a clinician adopts both: the photo stands on the chart, and the note can be heard', async () => {
    await j.goto(`/work/charts/${chart}`)
    await j.getByRole('link', { name: /^Look at what/ }).click()
    for (const done of [1, 2]) {
      await j.getByRole('button', { name: 'Open', exact: true }).first().click()
      await expect(j.getByText(/Its (picture|sound) came with it, sealed/)).toBeVisible()
      await noViolations(j)
      if (done === 1) await pictures(j, 'quarantine-with-file')
      await press(j, 'Adopt in my name')
      await j.getByRole('button', { name: 'Adopt', exact: true }).click()
      await expect(j.getByText(/Adopted by Jonas/)).toHaveCount(done)
    }
    await j.goto(`/work/charts/${chart}?step=person`)
    await expect(faces(j).first()).toBeVisible()
    await expect.poll(() => faces(j).first().evaluate((image) => (image as HTMLImageElement).naturalWidth), { message: 'it is drawn' }).toBeGreaterThan(0)
    await pictures(j, 'photo-adopted')
    await j.goto(sessionPage)
    await log(j).getByRole('button', { name: /^Listen: A spoken note/ }).click()
    await expect.poll(() => j.locator('audio').evaluate((sound) => (sound as HTMLAudioElement).readyState), { message: 'it can be played' }).toBeGreaterThan(0)
  })
})

test('a microphone and a camera that are not allowed are said, and typing and choosing stay', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const { page } = jonas
  await page.addInitScript(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('not allowed', 'NotAllowedError')) })
  const { rows } = await ask<{ rows: { name: string; chart: string }[] }>(jonas, '/api/home')
  const chart = rows.find(({ name }) => name === 'Mara Keller')!.chart
  await page.goto(`/work/charts/${chart}?step=notes`)
  await press(page, 'Speak a note')
  await expect(page.getByText('The microphone was not allowed, or there is none.')).toBeVisible()
  await expect(page.getByLabel('Private note')).toBeVisible()
  await noViolations(page)
  await page.goto(`/work/charts/${chart}?step=person`)
  await page.getByRole('button', { name: /^Take a (new )?photo$/ }).click()
  await page.getByLabel('Yes, said aloud').check()
  await press(page, 'Open the camera')
  await expect(page.getByText('The camera was not allowed, or there is none.')).toBeVisible()
  await page.getByLabel('Choose a picture from this device').setInputFiles({ name: 'face.svg', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)"/>') })
  await expect(page.getByText('This is no picture that can be read here: JPEG, PNG and WebP can.')).toBeVisible()
})
