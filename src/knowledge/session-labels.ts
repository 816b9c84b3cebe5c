import { comfortMeasures } from './comfort.ts'
import { sideEffects } from './effects.ts'
import { emergencyCards } from './emergency.ts'

/** What the record of a session calls the things that its entries name by their id. */
export const sessionLabels = { comfort: comfortMeasures, cards: emergencyCards, effects: sideEffects } as const
