import type { SessionRows } from '../core/session/session.ts'
import { consentForms } from './consents.ts'
import { discharge } from './discharge.ts'
import { dosing } from './dosing.ts'
import { effects } from './effects.ts'
import { eligibility, screeningLimits } from './eligibility.ts'
import { instruments } from './instruments.ts'
import { monitoring } from './monitoring.ts'

/** Everything a medicine session is read with, as it ships. A practice's own edition replaces rows before it starts. */
export const sessionRows = { monitoring, discharge, routes: dosing.routes, effects, instruments, eligibility, screening: screeningLimits, consents: consentForms } as const satisfies SessionRows
