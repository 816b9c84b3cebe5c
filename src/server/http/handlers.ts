import { chartHandlers } from './charts.ts'
import { sampleHandlers, sampleOpenHandlers } from './sample-door.ts'
import { signInHandlers, signInOpenHandlers } from './sign-in.ts'

export { appendEntries } from './charts.ts'

/** Who answers which route of the contract. The types refuse a route without an answer. */
export const openHandlers = { ...signInOpenHandlers, ...sampleOpenHandlers }
export const handlers = { ...signInHandlers, ...sampleHandlers, ...chartHandlers }
