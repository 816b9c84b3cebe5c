import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, by the end of its path: begun first, so that nobody waits for one of them alone at the end. */
const LONGEST = ['store/kill', 'http/races', 'web/sync/sync', 'web/sync/sync-more', 'http/matrix', 'http/no-way-round', 'store/rls', 'drill/cohort', 'outside/downtime-pdf', 'store/races', 'scheduling/places', 'scheduling/plan.property', 'launch/embedded', 'http/clearance', 'jobs/print-downtime']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const projects = [...new Set(sorted.map(({ project }) => project.name))] // The runner goes through one after the other.
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at < 0 ? LONGEST.length : at
    }
    return sorted.toSorted((a, b) => projects.indexOf(a.project.name) - projects.indexOf(b.project.name) || place(a) - place(b))
  }
}

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'node',
    setupFiles: ['src/web/sync/testing/no-network.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // These files share what they load: much of their time went into loading one program again and again. A test here leaves nothing behind in a module.
        extends: true,
        test: { name: 'program', include: ['src/{core,knowledge,server,cli}/**/*.test.ts'], isolate: false, globalSetup: ['src/server/store/testing/cluster.ts'] },
      },
      {
        // Each by itself: a browser's parts stand in the global object, and the modules of a page hold its state.
        extends: true,
        test: { name: 'pages', include: ['src/web/**/*.test.ts', 'src/web/**/*.test.tsx', 'src/*.test.ts', 'tools/**/*.test.ts'], setupFiles: ['src/web/sync/testing/patience.ts'], benchmark: { include: [] } },
      },
    ],
  },
})
