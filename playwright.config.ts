import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { freePort } from './e2e/support/data-copy.mjs'
import { browser } from './tools/browser.mjs'

/** Chosen by the first process that reads this; the workers inherit it. */
process.env.E2E_PORT ??= String(await freePort())
const port = process.env.E2E_PORT
/** Where the sample practice lies, told once, for every server of this run to begin with. The name lets the next run clear away what a killed one left. */
process.env.E2E_READY ??= path.join(tmpdir(), `openkap-test-${process.pid}-ready`)
const { executablePath, env } = browser()
/** What takes longest is begun first, so that nobody waits for one of them alone at the end. */
const longest = ['bad-network', 'killed-browser', 'room-screen', 'journey', 'one-tablet', 'device-store', 'files'].map((name) => `**/${name}.test.ts`)

export default defineConfig({
  testDir: 'e2e',
  projects: [{ name: 'long', testMatch: longest }, { name: 'short', testIgnore: longest }],
  outputDir: 'test-results/e2e',
  workers: 2,
  timeout: process.env.SCREENS ? 480_000 : 300_000, // So that one that hangs ends: a walk of one minute takes four on a machine that is shared by many.
  expect: { timeout: 20_000 }, // Nobody waits for what is there: only a machine that is busy with other things takes longer, and what has to be quick says how quick.
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    actionTimeout: 45_000,
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    // Recording every step makes a test a third longer: asked for by hand, `TRACE=1 npx playwright test e2e/journey.test.ts`.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, env: { ...(process.env as Record<string, string>), ...env } },
  },
  webServer: {
    command: 'node e2e/support/first-server.mjs',
    url: `http://127.0.0.1:${port}/api/health`,
    env: { PORT: port, E2E_READY: process.env.E2E_READY },
    timeout: 240_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 }, // The database must be told to stop as well.
  },
})
