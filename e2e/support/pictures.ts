import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { lights, sizes } from '../../tools/sizes.mjs'

/**
 * Pictures of a screen that only a walk comes to, in every size and both lights. Does nothing unless `SCREENS` names
 * the folder they go to, as `npm run screens` does; `SCREENS_ONLY` is a part of the names that are wanted.
 */
export async function pictures(page: Page, name: string, { whole = true } = {}): Promise<void> {
  const folder = process.env['SCREENS']
  if (!folder || !name.includes(process.env['SCREENS_ONLY'] ?? '')) return
  const before = { viewport: page.viewportSize(), light: await page.evaluate(() => document.documentElement.dataset['light'] ?? 'light') }
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport)
    mkdirSync(path.join(folder, size), { recursive: true })
    for (const light of lights) {
      await turn(page, light)
      await page.waitForTimeout(250) // A chart draws itself anew.
      await page.screenshot({ path: path.join(folder, size, `${name}${light === 'dim' ? '-dim' : ''}.png`), fullPage: whole })
    }
  }
  await turn(page, before.light)
  if (before.viewport) await page.setViewportSize(before.viewport)
}

const turn = (page: Page, light: string) => page.evaluate((wanted) => {
  if (wanted === 'dim') document.documentElement.dataset['light'] = 'dim'
  else delete document.documentElement.dataset['light']
}, light)
