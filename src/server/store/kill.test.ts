import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killing } from '../../../bench/support/killing.mjs'

/** A real server on a durable database, killed twenty times under load. Two hundred times: `node bench/kills.mjs`. */
const KILLS = 20
const SEED = 20_261_121
let built: string

beforeAll(async () => {
  const { build } = await import('vite')
  built = mkdtempSync(path.join(process.cwd(), 'node_modules', '.openkap-kill-'))
  await build({
    configFile: false, logLevel: 'error', publicDir: false,
    build: { ssr: true, outDir: path.join(built, 'server'), target: 'node20', copyPublicDir: false, rollupOptions: { input: { main: path.join(import.meta.dirname, '../main.ts') }, output: { entryFileNames: '[name].mjs' } } },
  })
  cpSync(path.join(import.meta.dirname, 'migrations'), path.join(built, 'server/migrations'), { recursive: true })
}, 60_000)
afterAll(() => rmSync(built, { recursive: true, force: true }))

test('killed at any moment, it loses nothing that was acknowledged and keeps no half of a batch', { timeout: 240_000 }, async () => {
  const { kills, acknowledged, retried, faults } = await killing({ kills: KILLS, seed: SEED, built })
  console.log(`${KILLS} kills (${JSON.stringify(kills)}), ${acknowledged} entries acknowledged, ${retried} answers lost, ${faults.length} faults`)
  expect(faults).toEqual([])
  expect(acknowledged).toBeGreaterThan(KILLS * 20)
  expect(retried, 'the kills met work in progress').toBeGreaterThan(KILLS)
})
