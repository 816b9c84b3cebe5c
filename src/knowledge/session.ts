import type { SessionRows } from '../core/session/session.ts'
import { discharge } from './discharge.ts'
import { dosing } from './dosing.ts'
import { effects } from './effects.ts'
import { instruments } from './instruments.ts'
import { monitoring } from './monitoring.ts'

/** Everything a medicine session is read with, as it ships. A practice's own edition replaces rows before it starts. */
export const sessionRows = { monitoring, discharge, routes: dosing.routes, effects, instruments } as const satisfies SessionRows
