import { test as base, type Browser } from '@playwright/test'

export { expect } from '@playwright/test'

/** Every browser window that a test opened is closed with it: one left open goes on drawing, and asking a server that has gone, and slows every test after it. */
export const test = base.extend<{ closed: void }>({
  closed: [async ({ browser }, use) => {
    const before = browser.contexts()
    await use()
    await close(browser.contexts().filter((context) => !before.includes(context)))
  }, { auto: true }],
})

/** The same for what the tests of one file shared. */
export const everybodyLeaves = (browser: Browser) => close(browser.contexts())

const close = (contexts: ReturnType<Browser['contexts']>) => Promise.all(contexts.map((context) => context.close()))
