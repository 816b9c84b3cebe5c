import type { RiskPathRow, RiskToldRow } from '../../core/measures/open-risks.ts'
import type { SourceId } from '../sources.ts'

type Cited<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** What has to happen once an answer opened a path, and by when. */
export const riskPaths = [
  {
    id: 'risk.high', opensAt: 'high', clock: 'same-hour', withinHours: 1, owner: 'therapist', tell: ['prescriber', 'medical-director'], dosing: 'stopped',
    says: 'High: a clinician speaks with the person within the hour. No dose until a prescriber has reviewed it.',
    tag: 'P', cites: ['P', 'S32'], verified: false, reviewBy: '2027-05-31',
  },
  {
    id: 'risk.moderate', opensAt: 'moderate', clock: 'same-day', owner: 'therapist', tell: ['prescriber'], dosing: 'after-safety-plan',
    says: 'Moderate: a clinician looks at it today, and a safety plan is there before the next dose.',
    tag: 'P', cites: ['P', 'S32'], verified: false, reviewBy: '2027-05-31',
  },
  {
    id: 'risk.item', opensAt: 'item', clock: 'same-day', owner: 'therapist', tell: ['coordinator'], dosing: 'after-interview',
    says: 'Thoughts of death or self-harm were reported: a clinician calls today and asks further.',
    tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
  },
] as const satisfies readonly Cited<RiskPathRow>[]

/** What is not yet a path: it is told, and nothing waits for it. */
export const riskTold = {
  id: 'risk.low', level: 'low', tell: 'therapist',
  says: 'Low: the therapist hears of it today, and a safety plan is offered. No path opens, and no dose waits for it.',
  tag: 'P', cites: ['P', 'S32'], verified: false, reviewBy: '2027-05-31',
} as const satisfies Cited<RiskToldRow>

/** After a contact that named no next time, the person is called again within so many hours. */
export const followUpHours = { id: 'risk.follow-up', value: 24, tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const
