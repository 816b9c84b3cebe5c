import type { Page } from '@playwright/test'
import { browser as machine } from '../tools/browser.mjs'
import { noViolations } from './support/axe.ts'
import { ask, Cast, patients, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { press } from './support/room.ts'
import { expect, test } from './support/test.ts'

/** A photo and a spoken page of a journal, with the browser's own microphone for tests. */
const { executablePath, env } = machine()
test.use({ launchOptions: { executablePath, env: { ...(process.env as Record<string, string>), ...env }, args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'] } })

interface Entry { readonly id: string; readonly kind: string; readonly body: { readonly file: { readonly bytes: number } } }

/** A picture as a camera makes it, with a word of where it was taken behind its head. */
const camera = (page: Page) => page.evaluate(async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 2400, height: 1600 })
  const on = canvas.getContext('2d')!
  const sky = on.createLinearGradient(0, 0, 0, 1600)
  sky.addColorStop(0, '#bcd8ea')
  sky.addColorStop(1, '#6f8f5a')
  on.fillStyle = sky
  on.fillRect(0, 0, 2400, 1600)
  const bytes = new Uint8Array(await (await new Promise<Blob>((done) => { canvas.toBlob((blob) => done(blob!), 'image/jpeg') })).arrayBuffer())
  const told = [...new TextEncoder().encode('Exif\0\0 taken at home')]
  return [...bytes.slice(0, 2), 0xff, 0xe1, 0, told.length + 2, ...told, ...bytes.slice(2)]
})

test('a photo and a recording are kept on the device first, in the journal when she says so, and opened by her team only while she shares them', async ({ browser, baseURL }) => {
  const cast = new Cast(browser, baseURL!)
  const mara = await cast.enter(patients.mara)
  const { page } = mara
  await page.setViewportSize({ width: 390, height: 844 })
  const { chart } = await ask<{ chart: string }>(mara, '/api/me')
  const kept = async () => (await ask<{ entries: Entry[] }>(mara, `/api/charts/${chart}/journal`)).entries
  await page.goto('/my/journal')
  await pictures(page, 'journal')

  await press(page, 'Add a photo')
  await noViolations(page)
  await pictures(page, 'journal-add-photo')
  await page.getByLabel('Choose a picture').setInputFiles({ name: 'IMG_0412.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(await camera(page)) })
  await expect(page.getByRole('img', { name: 'As it will be kept' })).toBeVisible()
  await page.getByLabel('A line beside it').fill('The hills on the way home.')
  await page.getByLabel('What can be seen on it').fill('Green hills under a pale sky.')
  await noViolations(page)
  await pictures(page, 'journal-photo')
  await press(page, 'Keep this photo')
  const photo = page.getByRole('listitem').filter({ hasText: 'The hills on the way home.' })
  await expect(photo.getByRole('img', { name: 'Green hills under a pale sky.' })).toBeVisible()
  await expect.poll(async () => (await kept()).map(({ kind }) => kind)).toContain('journal-photo.v1')
  const own = (await kept()).find(({ kind }) => kind === 'journal-photo.v1')!
  const bytes = await (await page.request.get(`/api/charts/${chart}/files/${own.id}`)).body()
  expect([bytes.length, bytes.includes('Exif'), bytes.includes('taken at home')]).toEqual([own.body.file.bytes, false, false])

  await press(page, 'Speak an entry')
  await press(page, 'Start recording')
  await expect(page.getByRole('timer', { name: 'Spoken for' })).toHaveText('0:02')
  await expect(page.getByRole('meter', { name: 'How loud it is' })).toBeVisible()
  await noViolations(page)
  await pictures(page, 'journal-speaking')
  await press(page, 'Stop and keep it here')
  await expect(page.getByText('saved here, on this device only')).toBeVisible()
  await page.reload()
  await expect(page.getByText('saved here, on this device only'), 'it outlives the page').toBeVisible()
  await noViolations(page)
  await pictures(page, 'journal-only-here')
  expect((await kept()).filter(({ kind }) => kind === 'journal-voice.v1'), 'and went nowhere').toEqual([])
  await press(page, 'Share with my team')
  await expect(page.getByText('On this device only')).toHaveCount(0)
  const recording = page.getByRole('listitem').filter({ has: page.locator('audio') })
  await expect(recording.getByText(/^shared on/)).toBeVisible()

  const { page: chartPage } = await cast.enter(staff.therapist)
  await chartPage.goto(`/work/charts/${chart}?step=messages`)
  await chartPage.getByRole('button', { name: /^Listen/ }).click()
  await expect.poll(() => chartPage.locator('audio').evaluate((sound) => (sound as HTMLAudioElement).readyState), { message: 'it can be played' }).toBeGreaterThan(0)
  await noViolations(chartPage)
  await pictures(chartPage, 'journal-shared')
  expect((await chartPage.request.get(`/api/charts/${chart}/files/${own.id}`)).status(), 'the photo is hers alone').toBe(404)

  await recording.getByRole('button', { name: /^Take back/ }).click()
  await press(page, 'Yes, take it back')
  await expect(recording.getByText('only for me')).toBeVisible()
  await expect(chartPage.getByText(/^A recording\. The patient took it back/)).toBeVisible()
  await pictures(page, 'journal-kept')
})
