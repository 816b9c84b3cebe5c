import type { SideEffectRow } from '../../core/session/effects.ts'
import { groups, read } from './row.ts'

const group = groups.bladder
const invasive = 'Life-threatening consequences; urgent invasive intervention indicated'

/** The bladder is asked about by name, because it is harmed slowly and people do not connect it with the medicine. */
export const bladder = [
  { id: 'dysuria', label: 'Pain when passing urine', alsoCalled: ['painful urination'], standard: { term: 'Dysuria', group }, expected: false, ...read, grades: { 1: 'Present' } },
  {
    id: 'urinary-retention', label: 'Hard to pass urine', alsoCalled: ['difficult urination'], standard: { term: 'Urinary retention', group }, expected: false, ...read,
    grades: {
      1: 'Urinary, suprapubic or intermittent catheter placement not indicated; able to void with some residual', 2: 'Placement of urinary, suprapubic or intermittent catheter placement indicated; medication indicated',
      3: 'Elective invasive intervention indicated; substantial loss of affected kidney function or mass', 4: 'Life-threatening consequences; organ failure; urgent operative intervention indicated',
    },
  },
  { id: 'urinary-frequency', label: 'Passing urine more often', alsoCalled: ['increased urination'], standard: { term: 'Urinary frequency', group }, expected: false, ...read, grades: { 1: 'Present', 2: 'Limiting instrumental ADL; medical management indicated' } },
  { id: 'urinary-urgency', label: 'Sudden urge to pass urine', alsoCalled: ['urgency'], standard: { term: 'Urinary urgency', group }, expected: false, ...read, grades: { 1: 'Present', 2: 'Limiting instrumental ADL; medical management indicated' } },
  {
    id: 'urinary-incontinence', label: 'Losing urine', alsoCalled: ['loss of bladder control', 'incontinence'], standard: { term: 'Urinary incontinence', group }, expected: false, ...read,
    grades: { 1: 'Occasional (e.g., with coughing, sneezing, etc.), pads not indicated', 2: 'Spontaneous; pads indicated; limiting instrumental ADL', 3: 'Intervention indicated (e.g., clamp, collagen injections); operative intervention indicated; limiting self care ADL' },
  },
  {
    id: 'hematuria', label: 'Blood in the urine', alsoCalled: ['blood in urine'], standard: { term: 'Hematuria', group }, expected: false, ...read,
    grades: {
      1: 'Asymptomatic; clinical or diagnostic observations only; intervention not indicated', 2: 'Symptomatic; urinary catheter or bladder irrigation indicated; limiting instrumental ADL',
      3: 'Gross hematuria; transfusion, IV medications, or hospitalization indicated; elective invasive intervention indicated; limiting self care ADL', 4: invasive,
    },
  },
  {
    id: 'cystitis', label: 'Bladder inflammation without infection', alsoCalled: ['bladder syndrome', 'cystitis'], standard: { term: 'Cystitis noninfective', group }, expected: false, ...read,
    grades: {
      1: 'Microscopic hematuria; minimal increase in frequency, urgency, dysuria, or nocturia; new onset of incontinence',
      2: 'Moderate hematuria; moderate increase in frequency, urgency, dysuria, nocturia or incontinence; urinary catheter placement or bladder irrigation indicated; limiting instrumental ADL',
      3: 'Gross hematuria; transfusion, IV medications, or hospitalization indicated; elective invasive intervention indicated', 4: invasive,
    },
  },
] as const satisfies readonly SideEffectRow[]
