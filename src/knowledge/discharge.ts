import type { DischargeRows } from '../core/session/discharge-rows.ts'
import type { SourceId } from './sources.ts'

const adopt = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const
const cites = (...ids: readonly [SourceId, ...SourceId[]]) => ({ cites: ids })

/** All thirteen have to be met. Two hours after esketamine stand on the label; the other figures are proposed here. */
export const discharge = {
  D1: {
    id: 'D1', asks: 'Enough time has passed since the last dose, and since anything given to calm, to lower the pressure or to reverse an opioid',
    minimum: { 'IN-esketamine': { minutes: 120, from: 'dose' }, SL: { minutes: 120, from: 'dose' }, IM: { minutes: 120, from: 'dose' }, PO: { minutes: 120, from: 'dose' }, IV: { minutes: 60, from: 'end' } },
    afterRescueMin: 120, ...adopt, ...cites('P', 'S11'),
  },
  D2: {
    id: 'D2', asks: 'The pressure is within its limits and close to where it was before the dose',
    systolicAtLeast: 90, systolicBelow: 160, diastolicBelow: 100, atMostPercentOfBaseline: 120, atLeastPercentOfBaseline: 80, orSystolicAtLeast: 110, ...adopt, ...cites('P', 'S31'),
  },
  D3: { id: 'D3', asks: 'Pulse, breathing and saturation on room air are within their limits', heartRate: [50, 110], respiratoryRate: [10, 24], spo2AtLeast: 94, orSpo2AtLeast: 92, notBelowBaselineBy: 2, ...adopt, ...cites('P') },
  D4: { id: 'D4', asks: 'Awake and calm', moaaS: 5, rass: [-1, 1], ...adopt, ...cites('P') },
  D5: { id: 'D5', asks: 'Knows who, where, when and why, and feels no more detached than before the dose', orientation: 4, cadssAtMost: 4, ...adopt, ...cites('P') },
  D6: { id: 'D6', asks: 'Walks steadily, with no more help than usual', ...adopt, ...cites('S31') },
  D7: { id: 'D7', asks: 'Both recovery scores are high enough', padssAtLeast: 9, aldreteAtLeast: 9, tag: 'V', verified: true, reviewBy: '2027-05-31', ...cites('S31') },
  D8: { id: 'D8', asks: 'No orange alert lately, none open, no red one today, and no reading left out', quietMin: 30, ...adopt, ...cites('P') },
  D9: { id: 'D9', asks: 'The suicide screen after the session is complete and not high; new thoughts were talked through with a clinician', ...adopt, ...cites('P', 'S32') },
  D10: { id: 'D10', asks: 'A responsible adult is here and was identified; a ride-share driver alone is not one', ...adopt, ...cites('S12', 'P') },
  D11: { id: 'D11', asks: 'Signed: no driving and nothing dangerous until the next day after sleep, and at least 24 hours', ...adopt, ...cites('S11', 'S49', 'P') },
  D12: { id: 'D12', asks: 'Written instructions with a number that answers day and night were given, and the next integration visit is booked soon', integrationWithinHours: 72, ...adopt, ...cites('P') },
  D13: { id: 'D13', asks: 'Signed by the monitor, and by a prescriber or a nurse under a standing order', ...adopt, ...cites('P') },
  fresh: { id: 'discharge.fresh', notOlderMin: 30, ...adopt, ...cites('P') },
  overdue: { id: 'discharge.overdue', prescriberAfterMin: 180, transferAfterMin: 240, ...adopt, ...cites('P') },
  rescues: [
    { id: 'rescue.oxygen', name: 'oxygen', also: ['o2'], waits: false, ...adopt, ...cites('P') },
    { id: 'rescue.ondansetron', name: 'ondansetron', also: ['zofran'], waits: false, ...adopt, ...cites('P') },
    { id: 'rescue.lorazepam', name: 'lorazepam', also: ['ativan'], waits: true, ...adopt, ...cites('P') },
    { id: 'rescue.midazolam', name: 'midazolam', also: ['versed'], waits: true, ...adopt, ...cites('P') },
    { id: 'rescue.clonidine', name: 'clonidine', also: ['catapres'], waits: true, ...adopt, ...cites('P') },
    { id: 'rescue.labetalol', name: 'labetalol', also: [], waits: true, ...adopt, ...cites('P') },
    { id: 'rescue.naloxone', name: 'naloxone', also: ['narcan'], waits: true, ...adopt, ...cites('P') },
    { id: 'rescue.epinephrine', name: 'epinephrine', also: ['adrenaline', 'epipen'], waits: true, ...adopt, ...cites('P') },
  ],
} as const satisfies DischargeRows
