import type { Device } from './device.ts'

/**
 * What somebody wrote and could not send before their page was closed goes out from whichever page they open next, not only
 * from a chart. Most pages need nothing of a device: it is opened where something waits, and not even loaded otherwise.
 * Answers the device that was opened.
 */
export async function sendWhatWaits(person: string): Promise<Device | undefined> {
  if (typeof indexedDB === 'undefined' || !globalThis.crypto?.subtle || !(await somethingWaits(person))) return undefined
  const [{ deviceOfPage }, { judgeBody }] = await Promise.all([import('./on-device.tsx'), import('./judge-body.ts')])
  const opened = await deviceOfPage(judgeBody)
  return opened.state === 'signed-in' ? opened.device : undefined
}

async function somethingWaits(person: string): Promise<boolean> {
  const { openDeviceDatabase } = await import('./database.ts')
  const database = await openDeviceDatabase()
  const acts = await database.getAllFromIndex('acts', 'by-owner', person)
  database.close()
  return acts.some(({ brought, gone }) => !brought && !gone)
}
