import type { SideEffectRow } from '../../core/session/effects.ts'
import { groups, read, recalled } from './row.ts'

const group = groups.nerves
const urgent = 'Life-threatening consequences; urgent intervention indicated'
const plain = { 1: 'Mild symptoms', 2: 'Moderate symptoms; limiting instrumental ADL', 3: 'Severe symptoms; limiting self care ADL' } as const

export const nerves = [
  {
    id: 'dizziness', label: 'Dizziness', alsoCalled: ['dizziness', 'light-headedness'], standard: { term: 'Dizziness', group }, expected: true, ...read,
    grades: { 1: 'Mild unsteadiness or sensation of movement', 2: 'Moderate unsteadiness or sensation of movement; limiting instrumental ADL', 3: 'Severe unsteadiness or sensation of movement; limiting self care ADL' },
  },
  { id: 'presyncope', label: 'Nearly fainting', alsoCalled: ['light-headedness', 'faint'], standard: { term: 'Presyncope', group }, expected: false, ...read, grades: { 2: 'Present (e.g., near fainting)' } },
  { id: 'syncope', label: 'Fainting', alsoCalled: ['syncope', 'collapse'], standard: { term: 'Syncope', group }, expected: false, sign: { is: 'syncope', fromGrade: 1 }, ...read, grades: { 3: 'Fainting; orthostatic collapse' } },
  { id: 'somnolence', label: 'Sleepiness', alsoCalled: ['somnolence', 'sedation', 'drowsiness'], standard: { term: 'Somnolence', group }, expected: true, ...read, grades: { 1: 'Mild but more than usual drowsiness or sleepiness', 2: 'Moderate sedation; limiting instrumental ADL', 3: 'Obtundation or stupor', 4: urgent } },
  {
    id: 'depressed-consciousness', label: 'Less awake than expected', alsoCalled: ['altered mental status'], standard: { term: 'Depressed level of consciousness', group }, expected: false, ...read,
    grades: { 1: 'Decreased level of alertness', 2: 'Sedation; slow response to stimuli; limiting instrumental ADL', 3: 'Difficult to arouse', 4: 'Life-threatening consequences; coma; urgent intervention indicated' },
  },
  {
    id: 'ataxia', label: 'Poor coordination', alsoCalled: ['loss of motor coordination', 'unsteady'], standard: { term: 'Ataxia', group }, expected: false, ...read,
    grades: { 1: 'Asymptomatic; clinical or diagnostic observations only; intervention not indicated', 2: 'Moderate symptoms; limiting instrumental ADL', 3: 'Severe symptoms; limiting self care ADL; mechanical assistance indicated' },
  },
  { id: 'headache', label: 'Headache', alsoCalled: [], standard: { term: 'Headache', group }, expected: false, sign: { is: 'headache', fromGrade: 1 }, ...read, grades: { 1: 'Mild pain', 2: 'Moderate pain; limiting instrumental ADL', 3: 'Severe pain; limiting self care ADL' } },
  { id: 'paresthesia', label: 'Tingling or numbness', alsoCalled: ['paresthesia'], standard: { term: 'Paresthesia', group }, expected: false, ...read, grades: plain },
  { id: 'dysarthria', label: 'Slurred speech', alsoCalled: ['dysarthria'], standard: { term: 'Dysarthria', group }, expected: false, ...read, grades: { 1: 'Mild slurred speech', 2: 'Moderate impairment of articulation or slurred speech', 3: 'Severe impairment of articulation or slurred speech' } },
  { id: 'dysgeusia', label: 'Odd or bitter taste', alsoCalled: ['dysgeusia'], standard: { term: 'Dysgeusia', group }, expected: false, ...read, grades: { 1: 'Altered taste but no change in diet', 2: 'Altered taste with change in diet (e.g., oral supplements); noxious or unpleasant taste; loss of taste' } },
  { id: 'nystagmus', label: 'Eyes moving by themselves', alsoCalled: ['nystagmus'], standard: { term: 'Nystagmus', group }, expected: false, ...read, grades: { 2: 'Moderate symptoms; limiting instrumental ADL', 3: 'Severe symptoms; limiting self care ADL' } },
  { id: 'amnesia', label: 'Gap in memory', alsoCalled: ['amnesia'], standard: { term: 'Amnesia', group }, expected: false, ...read, grades: { 1: 'Mild; transient memory loss', 2: 'Moderate; short term memory loss; limiting instrumental ADL', 3: 'Severe; long term memory loss; limiting self care ADL' } },
  {
    id: 'seizure', label: 'Seizure', alsoCalled: ['convulsion'], standard: { term: 'Seizure', group }, expected: false, sign: { is: 'seizure', fromGrade: 1 }, ...read,
    grades: { 1: 'Brief partial seizure and no loss of consciousness', 2: 'Brief generalized seizure', 3: 'New onset seizures (partial or generalized); multiple seizures despite medical intervention', 4: 'Life-threatening consequences; prolonged repetitive seizures' },
  },
  { id: 'vertigo', label: 'The room spins', alsoCalled: ['vertigo'], standard: { term: 'Vertigo', group: groups.ear }, expected: false, ...read, grades: plain },
  {
    id: 'blurred-vision', label: 'Blurred vision', alsoCalled: ['double vision'], standard: { term: 'Blurred vision', group: groups.eye }, expected: false, ...recalled,
    grades: { 1: 'Intervention not indicated', 2: 'Symptomatic; moderate decrease in visual acuity; limiting instrumental ADL', 3: 'Symptomatic with marked decrease in visual acuity; limiting self care ADL' },
  },
] as const satisfies readonly SideEffectRow[]
