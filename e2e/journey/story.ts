import type { Browser, Page } from '@playwright/test'
import { ask, Cast, staff, type Person } from '../support/people.ts'

export { expect } from '../support/test.ts'

export interface Visit {
  readonly visit: string
  readonly type: string
  readonly number: number
  readonly startsAt: string
  readonly endsAt: string
  readonly people: readonly { readonly person: string; readonly name: string; readonly role: string }[]
}

/** What the walk knows from step to step: who is there, whose chart it is, and what was seen that a later step holds against. */
export class Story {
  readonly cast: Cast
  readonly name = 'Wanda Weiss'
  readonly email = 'wanda.weiss@example.org'
  /** Hers alone; looked for in everybody else's screens at the end. */
  readonly secret = 'The blue door from the dream, which I tell nobody.'
  readonly shared = 'I slept six hours, for the first time since spring.'
  chart = ''
  estimateTotal = ''
  superbill = ''
  private readonly entered = new Map<string, Person>()

  constructor(browser: Browser, url: string) {
    this.cast = new Cast(browser, url)
  }

  /** Somebody of the practice at their own screen; entered when first needed. */
  async as(who: keyof typeof staff): Promise<Person> {
    const there = this.entered.get(who) ?? (await this.cast.enter(staff[who]))
    this.entered.set(who, there)
    return there
  }

  /** The patient, at a browser in which nobody was signed in before. */
  async patient(): Promise<Person> {
    const there = this.entered.get('patient') ?? (await this.cast.enterNobody())
    this.entered.set('patient', there)
    return there
  }

  /** The second person in the dosing room: whoever the plan has put there. */
  async monitor(): Promise<Person> {
    const there = (await this.visit('medicine', 1)).people.find(({ role }) => role === 'monitor')?.person
    return this.as(there === staff.nurse ? 'nurse' : 'sitter')
  }

  /** Goes to a room of the chart by its address, as a link in a list would. */
  async open({ page }: Person, step = ''): Promise<Page> {
    await page.goto(`/work/charts/${this.chart}${step && `?step=${step}`}`)
    return page
  }

  async visits(): Promise<Visit[]> {
    const { course } = await ask<{ course: { visits: Visit[] } }>(await this.as('coordinator'), `/api/charts/${this.chart}/course`)
    return course.visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  }

  async visit(type: string, number: number): Promise<Visit> {
    const found = (await this.visits()).find((one) => one.type === type && one.number === number)
    if (!found) throw new Error(`No visit ${type} ${number} is booked.`)
    return found
  }
}
