import { seedSample } from '../sample/seed.ts'
import { filledOnce, type TestDatabase } from '../store/testing/cluster.ts'
import { shellWithAdmin, testShell } from './practice.ts'

/** A server on a copy of the sample practice, which is told once for the whole run, as of the moment at which every test's clock begins. Tests only. */
export async function sampleShell() {
  return shellWithAdmin({ sample: true }, await filledOnce('openkap_sample', told))
}

async function told(empty: TestDatabase) {
  const { app, shell, close } = await testShell({ sample: true }, { ...empty, close: async () => {} })
  try {
    await seedSample(app, shell)
  } finally {
    await close()
  }
}
