import type { FloorRow } from '../core/rulebook/rows.ts'
import type { SourceId } from './sources.ts'

type Sourced = FloorRow & { readonly cites: readonly [SourceId, ...SourceId[]] }
const ours = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const

/** What no signature loosens: a practice may ask for more here, and never for less. */
export const floors: readonly Sourced[] = [
  {
    id: 'floor.blocks', holds: ['B01', 'B02', 'B03', 'B04', 'B05', 'B06', 'B07', 'B08', 'B09', 'B10', 'B11', 'B12'].flatMap((id) => [`eligibility/${id}/action`, `eligibility/${id}/*`]),
    because: 'Nobody is dosed while a block is met, and no signature changes that for one person; so none changes it for all.', cites: ['S11', 'S12', 'P'], ...ours,
  },
  { id: 'floor.crisis', holds: ['eligibility/H02/action', 'pre-dose/PRE-CSSRS/gate'], because: 'An acute risk of suicide comes before any treatment.', cites: ['S32', 'P'], ...ours },
  { id: 'floor.urgent-pressure', holds: ['eligibility/H01/urgent/*'], because: 'A pressure this high cannot wait, in any practice.', cites: ['S35', 'P'], ...ours },
  { id: 'floor.red-alerts', holds: ['alerts/*/red/*'], because: 'A red alert calls for help now. It may come sooner and never later.', cites: ['S37', 'S35', 'P'], ...ours },
  { id: 'floor.deep-sedation', holds: ['alerts/*/lowers/*'], because: 'The exception for expected deep sedation holds only while breathing and saturation are good.', cites: ['P'], ...ours },
  {
    id: 'floor.no-override', holds: [
      ...['PRE-SYS-180', 'PRE-DIA-110', 'PRE-SYS-160', 'PRE-DIA-100', 'PRE-SYS-LOW', 'PRE-SPO2', 'PRE-OXYGEN', 'PRE-RR', 'PRE-TEMP', 'PRE-MOAAS', 'PRE-SX', 'PRE-ALCOHOL'].flatMap((id) => [`pre-dose/${id}/*`]),
      'monitoring/preDose/pressureReadings', 'monitoring/preDose/notOlderMin',
    ],
    because: 'Nobody can override this gate before a dose, so no edition can open it either.', cites: ['S37', 'P'], ...ours,
  },
  {
    id: 'floor.session', holds: ['monitoring/gates/fewestPeople', 'monitoring/gates/pregnancyTestDays', 'monitoring/gates/childbearingAge/*', 'monitoring/gates/consentDays', 'screening/freshness/fresh.clearance/withinDays', 'eligibility/M02/*'],
    because: 'Two people, a current consent, a clearance in date and a recent pregnancy test stand before every session, and nobody can pass them.', cites: ['S1', 'S2', 'S11', 'P'], ...ours,
  },
  { id: 'floor.dose-ceilings', holds: ['dosing/doses/*/hard/*'], because: 'Above the ceiling of a route lies another procedure, with other staff. A lower one may be set.', cites: ['S11', 'S12', 'P'], ...ours },
  { id: 'floor.esketamine', holds: ['dosing/doses/dose.IN-esketamine/*/*', 'discharge/D1/minimum/IN-esketamine/minutes'], because: 'This stands on the label of esketamine, and its safety program asks for it.', cites: ['S11'], tag: 'V', verified: true, reviewBy: '2027-05-31' },
  {
    id: 'floor.discharge', holds: ['discharge/D1/minimum/*/minutes', 'discharge/D3/orSpo2AtLeast', 'discharge/D7/*', 'discharge/D8/quietMin', 'discharge/fresh/notOlderMin'],
    because: 'Nobody goes home before these are met; a practice may keep people longer.', cites: ['S11', 'S31', 'P'], ...ours,
  },
  { id: 'floor.reasons', holds: ['screening/overrides/reasonCharacters', 'screening/itemNine/positiveFrom'], because: 'A reason has to say something, and every answer above nothing to the question about death is followed up.', cites: ['S32', 'P'], ...ours },
]
