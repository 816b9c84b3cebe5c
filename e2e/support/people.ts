import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'

/** Who may enter the sample practice by its door, by the fixed ids it gives them. */
export const staff = {
  owner: '5a3e0000-0000-4000-8000-000000000101', coordinator: '5a3e0000-0000-4000-8000-000000000102', therapist: '5a3e0000-0000-4000-8000-000000000103', secondTherapist: '5a3e0000-0000-4000-8000-000000000104', prescriber: '5a3e0000-0000-4000-8000-000000000106',
  nurse: '5a3e0000-0000-4000-8000-000000000107', sitter: '5a3e0000-0000-4000-8000-000000000108',
} as const

/** The sample practice's patients who come in by the same door. */
export const patients = { mara: '5a3e0000-0000-4000-8000-000000000121', owen: '5a3e0000-0000-4000-8000-000000000125' } as const

export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  person: string
}

/** The people of one story, each with a browser of their own, and the one clock they all live by. */
export class Cast {
  readonly browser: Browser
  readonly baseURL: string
  readonly people: Person[] = []
  now = ''

  constructor(browser: Browser, baseURL: string) {
    this.browser = browser
    this.baseURL = baseURL
  }

  async stranger(): Promise<Page> {
    return (await this.browser.newContext({ baseURL: this.baseURL, reducedMotion: 'reduce' })).newPage()
  }

  async enter(person: string): Promise<Person> {
    const entered = await this.enterNobody()
    entered.person = person
    await signIn(entered)
    return entered
  }

  /** A browser in which nobody is signed in yet. */
  async enterNobody(): Promise<Person> {
    const context = await this.browser.newContext({ baseURL: this.baseURL, reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } })
    const entered = { page: await context.newPage(), context, person: '' }
    this.people.push(entered)
    return entered
  }

  /** Days go by. Nobody stays signed in over night, so everybody enters again; the pages are opened anew by whoever uses them. */
  async at(now: string): Promise<void> {
    await this.moveOn(now)
    for (const person of this.people) if (person.person) await signIn(person)
  }

  /** Minutes go by, and everybody stays where they are. */
  async moveOn(now: string): Promise<void> {
    const some = this.people[0]
    if (!some) throw new Error('Somebody has to be there before time can pass.')
    const answer = await some.page.request.post('/api/sample/clock', { data: { now } })
    expect(answer.ok(), await answer.text()).toBe(true)
    this.now = now
  }
}

async function signIn({ page, person }: Person) {
  const answer = await page.request.post('/api/sample/enter', { data: { person } })
  expect(answer.ok(), await answer.text()).toBe(true)
}

export const minutesAfter = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
export const dayOf = (at: string) => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(new Date(at))

/** Answers one question of a page: the tile of that name in the group of that name. */
export async function choose(within: Page | Locator, question: string | RegExp, answer: string | RegExp): Promise<void> {
  await within.getByRole('group', { name: question }).first().getByLabel(answer).first().check()
}

/** The sample practice's code, and not on before it stands in its field. */
export async function useSampleCode(within: Page | Locator): Promise<void> {
  await within.getByRole('button', { name: 'Use the sample code' }).click()
  await expect.poll(() => within.getByLabel(/^One-time code/).evaluateAll((fields) => fields.some((field) => /^\d{6}$/.test((field as HTMLInputElement).value)))).toBe(true)
}

/** Sets this browser offline, and goes on once nothing of it reaches the server any more: what is written in the moment between still does. */
export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await expect.poll(() => page.evaluate(() => fetch('/api/health', { cache: 'no-store' }).then(() => 'reached', () => 'nobody there'))).toBe('nobody there')
}

/** A list of work and the drug ledger ask the server again every half minute: what others wrote stands there by then. */
export const askedAgain = { timeout: 45_000 } as const

/** Until everything written at this chart has reached the server: a screen says that something is saved as soon as its own device has it. */
export async function sent(page: Page): Promise<void> {
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible({ timeout: 40_000 })
}

/** All there are, once there is one. */
export async function all(found: Locator): Promise<Locator[]> {
  await found.first().waitFor()
  return found.all()
}

/** Until a chart on the server says this. */
export async function arrived(reader: Pick<Person, 'page'>, chart: string, kind: string, says: Record<string, unknown>): Promise<void> {
  const bodies = async () => (await ask<{ entries: { kind: string; body: object }[] }>(reader, `/api/charts/${chart}/entries`)).entries.flatMap((entry) => (entry.kind === kind ? [entry.body] : []))
  await expect.poll(bodies, { message: `${kind} has arrived`, timeout: 60_000 }).toContainEqual(expect.objectContaining(says))
}

/** Asks the server as the person signed in here, as their own page would. */
export async function ask<T = Record<string, unknown>>({ page }: Pick<Person, 'page'>, path: string, data?: object): Promise<T> {
  const answer = data ? await page.request.post(path, { data }) : await page.request.get(path)
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}
