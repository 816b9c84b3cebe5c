import { expect, type Page } from '@playwright/test'

/** One questionnaire on the patient's own pages, answered by key from top to bottom; the last answer goes on for the rest. */
export async function fillIn(page: Page, measure: string, answers: readonly number[]) {
  await page.goto(`/my/questionnaires/${measure}`)
  await page.getByRole('radio').first().waitFor()
  for (const [at, question] of (await page.getByRole('group').all()).entries()) await question.getByRole('radio').nth(answers[at] ?? answers.at(-1)!).press('Space')
  await page.getByRole('button', { name: 'Send my answers' }).click()
  await expect(page.getByText('Your answers are saved.')).toBeVisible()
}

/** Everything that stands under "For you now", until nothing does. Answers which it was. */
export async function fillInWhatIsDue(page: Page, answers: Readonly<Record<string, readonly number[]>>): Promise<string[]> {
  const filled: string[] = []
  for (;;) {
    await page.goto('/my/questionnaires')
    const due = page.getByRole('list', { name: 'Questionnaires for you now' }).getByRole('link')
    await expect(due.first().or(page.getByText('Nothing is asked of you now.'))).toBeVisible()
    if ((await due.count()) === 0) return filled
    const measure = (await due.first().getAttribute('href'))!.split('/').at(-1)!
    expect(filled, 'what was sent is not asked for again').not.toContain(measure)
    await fillIn(page, measure, answers[measure] ?? [1])
    filled.push(measure)
  }
}
