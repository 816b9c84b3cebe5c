import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'node',
    setupFiles: ['src/web/sync/testing/no-network.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        // These files share what they load: much of their time went into loading one program again and again. A test here leaves nothing behind in a module.
        extends: true,
        test: { name: 'program', include: ['src/{core,knowledge,server,cli}/**/*.test.ts'], isolate: false, globalSetup: ['src/server/store/testing/cluster.ts'] },
      },
      {
        // Each by itself: a browser's parts stand in the global object, and the modules of a page hold its state.
        extends: true,
        test: { name: 'pages', include: ['src/web/**/*.test.ts', 'src/web/**/*.test.tsx', 'src/*.test.ts', 'tools/**/*.test.ts'], benchmark: { include: [] } },
      },
    ],
  },
})
