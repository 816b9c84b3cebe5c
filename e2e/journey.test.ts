import { expect, test } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ask, Cast, choose, staff, type Person } from './support/people.ts'

interface Visit { readonly visit: string; readonly type: string; readonly number: number; readonly startsAt: string; readonly endsAt: string; readonly people: readonly { readonly person: string; readonly role: string }[] }

test('one person goes the whole way: six people, each at their own screen', async ({ browser }) => {
  test.setTimeout(180_000)
  const cast = new Cast(browser)
  const name = 'Wanda Weiss'
  const email = 'wanda.weiss@example.org'
  let chart = ''

  const visitsOf = async (who: Person) => (await ask<{ course: { visits: Visit[] } }>(who, `/api/charts/${chart}/course`)).course.visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))

  await test.step('1. A stranger reads the public page and asks for a call', async () => {
    const page = await cast.stranger()
    await page.goto('/')
    await page.getByRole('link', { name: /Write to us|Ask for a call|request/i }).first().click()
    await page.getByLabel('What may we call you?').fill(name)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel(/What brings you/).fill('Depression for three years, and two medicines that did little.')
    await page.getByRole('group', { name: 'Are you in therapy with us already?' }).getByText('No', { exact: true }).click()
    await page.getByRole('button', { name: 'Send my request' }).click()
    await expect(page.getByRole('heading', { name: 'Thank you. We have it.' })).toBeVisible()
    await page.context().close()
  })

  const claire = await cast.enter(staff.coordinator)
  await test.step('2. The coordinator calls, and the person chooses a therapist and a time', async () => {
    const { page } = claire
    await page.goto('/work/inquiries')
    await page.getByRole('link', { name }).first().click()
    await page.getByRole('button', { name: 'Begin the call' }).click()
    await choose(page, /good moment/, /^Yes/)
    await choose(page, /How are you today/, /^Nothing urgent/)
    await choose(page, /Which of these come closest/, /^Depression/)
    await choose(page, /in therapy now/, /^No/)
    await choose(page, /online, in person, or either/, /^In person/)
    await choose(page, /Which days suit you/, /^Tuesday/)
    await noViolations(page)
    await choose(page, 'How did the call end?', /^Wants to go on/)
    await page.getByRole('button', { name: 'End the call' }).click()
    const jonas = page.getByRole('listitem', { name: 'Jonas Lindqvist' })
    await expect(jonas.getByRole('heading', { name: 'For' })).toBeVisible()
    await noViolations(page)
    await jonas.getByRole('radio').first().check()
    await page.getByLabel('Birth date').fill('1988-05-17')
    await page.getByRole('button', { name: 'Open the chart and book this visit' }).click()
    await page.getByRole('link', { name: /^Open the chart of/ }).click()
    await expect(page).toHaveURL(/\/work\/charts\/[0-9a-f-]{36}/)
    chart = /charts\/([0-9a-f-]{36})/.exec(page.url())![1]!
    expect(await visitsOf(claire)).toHaveLength(1)
    await page.goto(`/work/charts/${chart}/plan`)
    await choose(page, 'Course', /^Six medicine sessions/)
    await page.getByRole('button', { name: 'Choose this course' }).click()
    await expect(page.getByRole('heading', { name: 'When suits them?' })).toBeVisible()
  })
})
