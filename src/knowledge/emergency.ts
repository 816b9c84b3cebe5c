import type { EmergencyCard, EmergencyRole } from '../core/session/cards.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** Common practice, written down from memory: a medical director checks every line before anybody relies on it. */
const recalled = { tag: 'M', verified: false, reviewBy: '2027-05-31' } as const
const call = { id: 'call-911', says: 'Call 911. Say: medical office, address, one adult, what you see.', call911: true } as const
const stop = { id: 'stop', says: 'Stop the medicine. Note the time.' } as const
const prescriber = { id: 'prescriber', says: 'Call the prescriber to the bedside.' } as const

export const emergencyCards = [
  {
    id: 'high-pressure', title: 'Very high blood pressure', ...recalled, cites: ['P', 'S10'],
    opensOn: { rows: [{ row: 'BP-S', from: 'orange' }, { row: 'BP-D', from: 'orange' }], symptoms: [] },
    steps: [
      stop, { id: 'quiet', says: 'Make the room quiet. Sit the person up a little.' }, { id: 'both-arms', says: 'Read the pressure again, in both arms.' },
      { id: 'red-flags', says: 'Ask: pain in the chest? short of breath? weak on one side? trouble seeing? a sudden terrible headache? newly confused?' },
      { ...call, says: 'Any yes: call 911. Say: medical office, address, one adult, very high pressure, and the symptom.' }, prescriber,
    ],
    onOrder: ['Clonidine 0.1 to 0.2 mg by mouth, or labetalol 10 to 20 mg into a vein where a vein is used here. A rise without symptoms passes by itself more often than it needs medicine.'],
  },
  {
    id: 'breathing', title: 'Too little oxygen, or breathing too slowly', ...recalled, cites: ['P', 'S12'],
    opensOn: { rows: [{ row: 'SPO2', from: 'red' }, { row: 'RR', from: 'red' }, { row: 'MOAAS', from: 'red' }], symptoms: ['apnea', 'airway-loss'] },
    steps: [stop, { id: 'wake', says: 'Speak loudly, touch, and ask for a deep breath.' }, { id: 'jaw', says: 'Tilt the head back and lift the jaw forward.' }, { id: 'oxygen', says: 'Give oxygen.' }, { id: 'bag', says: 'No breath: bag and mask.' }, call, prescriber],
    onOrder: ['Naloxone 4 mg into the nose where an opioid may be involved.'],
  },
  {
    id: 'laryngospasm', title: 'Noise from the throat, or no air going in', ...recalled, cites: ['P', 'S35'],
    opensOn: { rows: [], symptoms: ['laryngeal-noise', 'airway-loss'] },
    steps: [stop, { id: 'oxygen', says: 'Oxygen, as much as there is.' }, { id: 'jaw', says: 'Lift the jaw forward, and press behind the ear lobes, firmly.' }, { id: 'pressure', says: 'Mask held tight, gentle steady pressure.' }, call, prescriber],
    onOrder: [],
  },
  {
    id: 'vomiting', title: 'Vomiting', ...recalled, cites: ['P'],
    opensOn: { rows: [], symptoms: ['vomiting'] },
    steps: [{ id: 'side', says: 'Turn the person onto the side, face down a little.' }, { id: 'clear', says: 'Let it run out. Suction what is left.' }, { id: 'listen', says: 'Listen to the breathing, and read the saturation.' }, { id: 'stay', says: 'Stay at the head until the person is fully awake.' }],
    onOrder: ['Ondansetron 4 to 8 mg, melting on the tongue or into a vein.'],
  },
  {
    id: 'agitation', title: 'Severe fear or agitation', ...recalled, cites: ['P', 'S12'],
    opensOn: { rows: [{ row: 'RASS', from: 'orange' }, { row: 'SUDS', from: 'orange' }], symptoms: ['severe-anxiety'] },
    steps: [
      { id: 'less', says: 'Less of everything: music off, light low, one voice.' }, { id: 'voice', says: 'Say slowly: you took a medicine, it will pass, I am here, you are safe in this room.' },
      { id: 'breath', says: 'Breathe out long, together.' }, { id: 'safe-body', says: 'Keep the way clear of what could hurt. Never hold the person down.' }, prescriber,
    ],
    onOrder: ['Lorazepam 1 to 2 mg or midazolam 1 to 2 mg.'],
  },
  {
    id: 'seizure', title: 'Seizure', ...recalled, cites: ['P', 'S12'],
    opensOn: { rows: [], symptoms: ['seizure'] },
    steps: [stop, { id: 'time', says: 'Look at the clock.' }, { id: 'side', says: 'Onto the side. Nothing in the mouth. Clear the space.' }, { id: 'oxygen', says: 'Oxygen, and watch the breathing.' }, call, prescriber],
    timers: [{ id: 'five', from: 'time', afterMin: 5, says: 'Does it go on? Ask the prescriber for the order below.' }],
    onOrder: ['A benzodiazepine when it goes on for more than five minutes.'],
  },
  {
    id: 'anaphylaxis', title: 'Severe allergic reaction', ...recalled, cites: ['P'],
    opensOn: { rows: [], symptoms: ['anaphylaxis'] },
    steps: [stop, { id: 'flat', says: 'Lay the person flat, legs up; sitting if breathing is hard.' }, { id: 'epinephrine', says: 'Epinephrine into the outer thigh, by the standing order, without waiting.' }, call, { id: 'oxygen', says: 'Oxygen.' }, prescriber],
    timers: [{ id: 'again', from: 'epinephrine', afterMin: 5, says: 'Not better? Ask the prescriber for the order below, again.' }],
    onOrder: ['Epinephrine 0.3 to 0.5 mg into the muscle; again after five to fifteen minutes if it is not better.'],
  },
  {
    id: 'chest-pain', title: 'Chest pain', ...recalled, cites: ['P'],
    opensOn: { rows: [], symptoms: ['chest-pain'] },
    steps: [stop, call, { id: 'sit', says: 'Let the person sit up and rest.' }, { id: 'monitor', says: 'Pressure, pulse, saturation; a tracing if there is a device.' }, { id: 'aed', says: 'Bring the defibrillator to the chair.' }, prescriber],
    onOrder: ['Aspirin, where nothing speaks against it.'],
  },
  {
    id: 'stroke', title: 'Weak on one side, trouble speaking or seeing, sudden terrible headache', ...recalled, cites: ['P'],
    opensOn: { rows: [], symptoms: ['focal-deficit', 'vision-loss', 'thunderclap-headache'] },
    steps: [stop, call, { id: 'time', says: 'Write down when the person was last well.' }, { id: 'flat', says: 'Head a little up, nothing by mouth.' }, { id: 'pressure', says: 'Read the pressure; do not lower it without an order.' }, prescriber],
    onOrder: [],
  },
  {
    id: 'low-pressure', title: 'Low blood pressure, or fainting', ...recalled, cites: ['P'],
    opensOn: { rows: [{ row: 'BP-LOW', from: 'orange' }, { row: 'HR', from: 'red' }], symptoms: ['syncope'] },
    steps: [stop, { id: 'flat', says: 'Lay the person flat, legs up.' }, { id: 'again', says: 'Read pressure, pulse and saturation again at once.' }, { ...call, says: 'Not awake within a minute, or no pulse: call 911 and begin resuscitation.' }, prescriber],
    timers: [{ id: 'awake', from: 'flat', afterMin: 1, says: 'Awake, and with a pulse? If not: call 911 and begin resuscitation.' }],
    onOrder: ['Fluids into a vein where a vein is used here.'],
  },
  {
    id: 'suicidal', title: 'Suicidal act or plan', ...recalled, cites: ['P', 'S32'],
    opensOn: { rows: [], symptoms: ['suicidal-act'] },
    steps: [
      { id: 'stay', says: 'Stay. Somebody is with the person every second.' }, { id: 'means', says: 'Take away what could hurt, quietly.' }, { ...call, says: 'Hurt, or about to be: call 911. To talk it through with somebody: 988.' },
      { id: 'ask', says: 'Ask the screen questions, and listen.' }, prescriber, { id: 'path', says: 'Open the crisis path; nobody goes home by the ordinary way today.' },
    ],
    onOrder: [],
  },
] as const satisfies readonly Sourced<EmergencyCard>[]

/** So that nobody does the same thing twice, and nothing is left to the other. */
export const emergencyRoles = [
  { id: 'role-lead', says: 'I lead, and stay at the person’s head', ...recalled, cites: ['P'] },
  { id: 'role-call', says: 'I call, open the door and show the way', ...recalled, cites: ['P'] },
  { id: 'role-write', says: 'I bring the kit, watch the clock and write', ...recalled, cites: ['P'] },
] as const satisfies readonly Sourced<EmergencyRole>[]

/** What has to be within reach, with its expiry date looked at. */
export const emergencyKit = {
  id: 'emergency-kit', ...recalled, cites: ['P', 'S7'] as readonly [SourceId, ...SourceId[]], checkedWithinHours: 24,
  items: [
    { id: 'oxygen', name: 'oxygen' }, { id: 'bag-mask', name: 'bag and mask' }, { id: 'airways', name: 'airways' }, { id: 'defibrillator', name: 'defibrillator' }, { id: 'oximeter', name: 'pulse oximeter' },
    { id: 'cuffs', name: 'pressure cuffs in two sizes' }, { id: 'suction', name: 'suction' }, { id: 'naloxone', name: 'naloxone' }, { id: 'epinephrine', name: 'epinephrine' }, { id: 'ondansetron', name: 'ondansetron' },
    { id: 'antihypertensive', name: 'a medicine for high pressure' }, { id: 'benzodiazepine', name: 'a benzodiazepine' }, { id: 'glucose', name: 'glucose' },
  ],
} as const
