import type { Locator } from '@playwright/test'
import { ask, staff, type Person } from '../support/people.ts'
import { expect, type Story } from './story.ts'

/** The audit names every one of the six, to the patient and to the owner alike. */
export async function audit(story: Story) {
  const names = ['Wanda Weiss', 'Jonas Lindqvist', 'Helen Brandt', (await story.visit('medicine', 1)).people.find(({ role }) => role === 'monitor')!.name, 'Claire Dubois', 'Amara Osei']
  const { page } = await story.as('owner')
  await story.open(await story.as('owner'), 'person')
  await page.getByText('Who looked at this chart').click()
  await toTheEnd(page.getByRole('button', { name: 'Show earlier lines' }), page.getByText('There are no earlier ones.'))
  const seen = (await page.getByRole('table', { name: 'Looked at and changed' }).getByRole('row').allInnerTexts()).join('\n')
  for (const name of names) expect(seen, name).toContain(name)
  const { page: hers } = await story.patient()
  await hers.goto('/my/record')
  await toTheEnd(hers.getByRole('button', { name: 'Show what was before that' }), hers.getByText('There is nothing before that.'))
  const told = (await hers.getByRole('region').getByRole('listitem').allInnerTexts()).join('\n')
  for (const name of names.slice(1)) expect(told, name).toContain(name)
}

async function toTheEnd(earlier: Locator, end: Locator) {
  for (;;) {
    await expect(earlier.or(end).first()).toBeVisible()
    if (await end.isVisible()) return
    // The last lines may arrive between the look and the press: then there is nothing left to press.
    await earlier.click({ timeout: 5_000 }).catch(async (failure: unknown) => { if (!(await end.isVisible())) throw failure })
  }
}

interface Stored { readonly id: string; readonly seq: number; readonly kind: string; readonly at: string; readonly body: unknown }

/** No entry stands twice: not by id, not by number, and not by what it says at one moment. */
export async function nothingDoubled(story: Story) {
  const { entries } = await ask<{ entries: Stored[] }>(await story.as('therapist'), `/api/charts/${story.chart}/entries`)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1))
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  const said = entries.map(({ kind, at, body }) => JSON.stringify([kind, at, body]))
  expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([])
  const count = (kind: string) => entries.filter((one) => one.kind === kind).length
  for (const [kind, times] of [['session-started.v1', 1], ['dose-prepared.v1', 1], ['dose-confirmed.v1', 1], ['dose-given.v1', 1], ['discharge-signed.v1', 2], ['session-closed.v1', 1], ['clearance.v1', 1], ['order.v1', 1], ['superbill-issued.v1', 1], ['journal-shared.v1', 1], ['integration.v1', 1]] as const) expect(count(kind), kind).toBe(times)
}

/** Her private page is on nobody else's screen, in no answer of the server to them, and in no export; the shared one is where it should be. */
export async function privateStaysPrivate(story: Story) {
  const everybody: Person[] = [...(await Promise.all((['therapist', 'prescriber', 'coordinator', 'owner'] as const).map((who) => story.as(who)))), await story.monitor()]
  let shown = 0
  for (const { page, person } of everybody) {
    for (const step of ['', 'messages', 'ledger']) {
      await story.open({ page } as Person, step)
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
      const text = await page.locator('body').innerText()
      expect(text.includes(story.secret), `the private page, shown to ${person} in ${step || 'overview'}`).toBe(false)
      shown += Number(text.includes(story.shared))
    }
    expect((await page.request.get(`/api/charts/${story.chart}/journal`)).status(), 'nor for the asking').toBeGreaterThanOrEqual(403)
  }
  expect(shown, 'the shared page is there, so the search looked at something').toBeGreaterThanOrEqual(3)
  const exporting: Person[] = [await story.as('therapist'), await story.as('owner'), await story.patient()]
  for (const { page, person } of exporting) for (const as of ['html', 'ndjson', 'fhir']) {
    const answer = await page.request.get(`/api/charts/${story.chart}/export?as=${as}`)
    expect(answer.ok(), `${as} for ${person}`).toBe(true)
    const text = await answer.text()
    expect(text.includes(story.secret), `the private page in ${as} for ${person}`).toBe(false)
    if (as !== 'fhir') expect(text.includes(story.shared), `the shared page in ${as} for ${person}`).toBe(person !== staff.owner) // FHIR has no place for a journal; the owner gets nothing clinical.
    if (person !== staff.owner) expect(text, `who wrote it, in ${as}`).not.toMatch(/somebody no longer listed here/i)
  }
}
