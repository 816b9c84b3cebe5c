import type { SideEffectRow } from '../../core/session/effects.ts'
import { groups, read, recalled } from './row.ts'

const urgent = 'Life-threatening consequences; urgent intervention indicated'
const airway = 'Life-threatening respiratory or hemodynamic compromise; intubation or urgent intervention indicated'

export const body = [
  {
    id: 'nausea', label: 'Nausea', alsoCalled: ['nausea', 'queasy'], standard: { term: 'Nausea', group: groups.gut }, expected: true, sign: { is: 'nausea', fromGrade: 1 }, ...read,
    grades: { 1: 'Loss of appetite without alteration in eating habits', 2: 'Oral intake decreased without significant weight loss, dehydration or malnutrition', 3: 'Inadequate oral caloric or fluid intake; tube feeding, TPN, or hospitalization indicated' },
  },
  { id: 'vomiting', label: 'Vomiting', alsoCalled: ['vomiting'], standard: { term: 'Vomiting', group: groups.gut }, expected: false, sign: { is: 'vomiting', fromGrade: 1 }, ...read, grades: { 1: 'Intervention not indicated', 2: 'Outpatient IV hydration; medical intervention indicated', 3: 'Tube feeding, TPN, or hospitalization indicated', 4: 'Life-threatening consequences' } },
  {
    id: 'hypertension', label: 'Raised blood pressure', alsoCalled: ['increased blood pressure'], standard: { term: 'Hypertension', group: groups.vessels }, expected: true, ...read,
    grades: {
      1: 'Adult: Systolic BP 120 - 139 mm Hg or diastolic BP 80 - 89 mm Hg',
      2: 'Adult: Systolic BP 140 - 159 mm Hg or diastolic BP 90 - 99 mm Hg if previously WNL; change in baseline medical intervention indicated; recurrent or persistent (>=24 hrs); symptomatic increase by >20 mm Hg (diastolic) or to >140/90 mm Hg; monotherapy indicated initiated',
      3: 'Adult: Systolic BP >=160 mm Hg or diastolic BP >=100 mm Hg; medical intervention indicated; more than one drug or more intensive therapy than previously used indicated',
      4: 'Life-threatening consequences (e.g., malignant hypertension, transient or permanent neurologic deficit, hypertensive crisis); urgent intervention indicated',
    },
    byNumber: [
      { grade: 3, when: [{ of: 'systolicMmHg', is: { atLeast: 160 } }, { of: 'diastolicMmHg', is: { atLeast: 100 } }] },
      { grade: 2, when: [{ of: 'systolicMmHg', is: { atLeast: 140 } }, { of: 'diastolicMmHg', is: { atLeast: 90 } }] },
      { grade: 1, when: [{ of: 'systolicMmHg', is: { atLeast: 120 } }, { of: 'diastolicMmHg', is: { atLeast: 80 } }] },
    ],
  },
  { id: 'hypotension', label: 'Low blood pressure', alsoCalled: [], standard: { term: 'Hypotension', group: groups.vessels }, expected: false, ...read, grades: { 1: 'Asymptomatic, intervention not indicated', 2: 'Non-urgent medical intervention indicated', 3: 'Medical intervention indicated; hospitalization indicated', 4: 'Life-threatening consequences and urgent intervention indicated' } },
  { id: 'tachycardia', label: 'Fast pulse', alsoCalled: ['increased heart rate'], standard: { term: 'Sinus tachycardia', group: groups.heart }, expected: false, ...read, grades: { 1: 'Asymptomatic, intervention not indicated', 2: 'Symptomatic; non-urgent medical intervention indicated', 3: 'Urgent medical intervention indicated' } },
  { id: 'palpitations', label: 'Feeling one’s own heartbeat', alsoCalled: ['palpitations'], standard: { term: 'Palpitations', group: groups.heart }, expected: false, ...read, grades: { 1: 'Mild symptoms; intervention not indicated', 2: 'Intervention indicated' } },
  { id: 'dyspnea', label: 'Shortness of breath', alsoCalled: ['changes in breathing'], standard: { term: 'Dyspnea', group: groups.breath }, expected: false, sign: { is: 'dyspnea', fromGrade: 1 }, ...read, grades: { 1: 'Shortness of breath with moderate exertion', 2: 'Shortness of breath with minimal exertion; limiting instrumental ADL', 3: 'Shortness of breath at rest; limiting self care ADL', 4: urgent } },
  { id: 'apnea', label: 'Breathing stopped', alsoCalled: ['changes in breathing'], standard: { term: 'Apnea', group: groups.breath }, expected: false, sign: { is: 'apnea', fromGrade: 1 }, ...read, grades: { 3: 'Present; medical intervention indicated', 4: airway } },
  {
    id: 'hypoxia', label: 'Too little oxygen', alsoCalled: ['changes in breathing', 'desaturation'], standard: { term: 'Hypoxia', group: groups.breath }, expected: false, ...read,
    grades: { 2: 'Decreased oxygen saturation with exercise (e.g., pulse oximeter <88%); intermittent supplemental oxygen', 3: 'Decreased oxygen saturation at rest (e.g., pulse oximeter <88% or PaO2 <=55 mm Hg)', 4: 'Life-threatening airway compromise; urgent intervention indicated (e.g., tracheotomy or intubation)' },
    byNumber: [{ grade: 3, when: [{ of: 'spo2Percent', is: { below: 88 } }] }],
  },
  {
    id: 'laryngospasm', label: 'Spasm of the vocal cords', alsoCalled: ['laryngospasm', 'laryngeal noise'], standard: { term: 'Laryngospasm', group: groups.breath }, expected: false, sign: { is: 'laryngeal-noise', fromGrade: 1 }, ...read,
    grades: { 2: 'Transient episode; intervention not indicated', 3: 'Recurrent episodes; noninvasive intervention indicated (e.g., breathing technique, pressure point massage)', 4: 'Persistent or severe episodes associated with syncope; urgent intervention indicated (e.g., fiberoptic laryngoscopy, intubation, botox injection)' },
  },
  {
    id: 'aspiration', label: 'Something went down the wrong way', alsoCalled: ['aspiration'], standard: { term: 'Aspiration', group: groups.breath }, expected: false, ...read,
    grades: {
      1: 'Asymptomatic; clinical or diagnostic observations only; intervention not indicated', 2: 'Altered eating habits; coughing or choking episodes after eating or swallowing; medical intervention indicated (e.g., suction or oxygen)',
      3: 'Dyspnea and pneumonia symptoms (e.g., aspiration pneumonia); hospitalization indicated; unable to aliment orally', 4: airway,
    },
  },
  {
    id: 'anaphylaxis', label: 'Severe allergic reaction', alsoCalled: ['anaphylaxis'], standard: { term: 'Anaphylaxis', group: groups.immune }, expected: false, sign: { is: 'anaphylaxis', fromGrade: 1 }, ...recalled,
    grades: { 3: 'Symptomatic bronchospasm, with or without urticaria; parenteral intervention indicated; allergy-related edema or angioedema; hypotension', 4: urgent },
  },
  { id: 'fatigue', label: 'Tiredness', alsoCalled: ['fatigue'], standard: { term: 'Fatigue', group: groups.general }, expected: false, ...read, grades: { 1: 'Fatigue relieved by rest', 2: 'Fatigue not relieved by rest; limiting instrumental ADL', 3: 'Fatigue not relieved by rest, limiting self care ADL' } },
  {
    id: 'injection-site', label: 'Soreness where it was injected', alsoCalled: ['injection site reaction'], standard: { term: 'Injection site reaction', group: groups.general }, expected: false, ...read,
    grades: { 1: 'Tenderness with or without associated symptoms (e.g., warmth, erythema, itching)', 2: 'Pain; lipodystrophy; edema; phlebitis', 3: 'Ulceration or necrosis; severe tissue damage; operative intervention indicated', 4: urgent },
  },
  {
    id: 'hyperhidrosis', label: 'Heavy sweating', alsoCalled: ['hyperhidrosis'], standard: { term: 'Hyperhidrosis', group: groups.skin }, expected: false, ...recalled,
    grades: { 1: 'Limited to one site (palms, soles, or axillae); self care interventions', 2: 'Involving more than one site; patient seeks medical intervention; associated with psychosocial impact', 3: 'Generalized involving sites other than palms, soles, or axillae; associated with electrolyte or hemodynamic imbalance' },
  },
  {
    id: 'alt-increased', label: 'Raised liver value (ALT)', alsoCalled: ['liver'], standard: { term: 'Alanine aminotransferase increased', group: groups.tests }, expected: false, ...recalled,
    grades: { 1: '>ULN - 3.0 x ULN if baseline was normal', 2: '>3.0 - 5.0 x ULN if baseline was normal', 3: '>5.0 - 20.0 x ULN if baseline was normal', 4: '>20.0 x ULN if baseline was normal' },
  },
] as const satisfies readonly SideEffectRow[]
