import { defineConfig } from 'vitest/config'

/**
 * A change can stop a file from loading, and then none of its tests runs. Stryker would take that for a change that
 * nobody noticed; said as an error it is what it is: a change that cannot be run, and proves nothing either way.
 */
const notLoaded = {
  onInit(vitest) {
    this.vitest = vitest
  },
  onTestRunStart() {
    this.vitest.state.clearErrors()
  },
  onTestModuleEnd(module) {
    for (const error of module.errors()) this.vitest.state.catchError(error, 'not loaded')
  },
}

/** The tests of the folders a dose rests on, and of the rows they read. None of them asks for a database. */
export default defineConfig({
  test: {
    include: ['src/core/{eligibility,session,dosing}/**/*.test.ts', 'src/core/measures/spacing.test.ts', 'src/core/rulebook/*.test.ts', 'src/knowledge/eligibility/*.test.ts', 'src/knowledge/{words,session}.test.ts'],
    environment: 'node',
    setupFiles: ['tools/proof-core.seed.mjs'],
    reporters: process.env.STRYKER_MUTATOR_WORKER === undefined ? ['dot'] : [notLoaded],
    testTimeout: 20_000,
    maxWorkers: 1,
    coverage: {
      provider: 'v8',
      include: ['src/core/{eligibility,session,dosing}/**/*.ts'],
      exclude: ['**/*.test.ts', '**/fixtures.ts', '**/cases/**'],
      reporter: ['text'],
      reportsDirectory: 'test-results/coverage',
      thresholds: { branches: 100 },
    },
  },
})
