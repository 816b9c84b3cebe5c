import type { OnCallRows } from '../core/access/on-call.ts'
import { proposed } from './figures.ts'

/** How long whoever is on call may take before others are called as well, and how often everyone is called until somebody has. A default of the product. */
export const onCallRows: OnCallRows = { id: 'on-call.circles', ...proposed(), verified: false, reviewBy: '2027-05-31', takenWithinMin: 10, contactWithinMin: 60, againMin: 60, lookDays: 60 }
