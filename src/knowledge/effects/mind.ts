import type { SideEffectRow } from '../../core/session/effects.ts'
import { groups, read } from './row.ts'

const group = groups.mind
const harm = 'Life-threatening consequences, threats of harm to self or others; hospitalization indicated'
const urgent = 'Life-threatening consequences; urgent intervention indicated'

export const mind = [
  {
    id: 'dissociation', label: 'Detachment, feeling unreal or outside oneself', alsoCalled: ['detachment', 'derealization', 'depersonalization', 'dissociation'],
    standard: { term: 'Psychiatric disorders - Other, specify', group, specify: 'dissociation' }, expected: true, ...read,
    grades: {
      1: 'Asymptomatic or mild symptoms; clinical or diagnostic observations only; intervention not indicated', 2: 'Moderate; minimal, local or noninvasive intervention indicated; limiting age-appropriate instrumental ADL',
      3: 'Severe or medically significant but not immediately life-threatening; limiting self care ADL', 4: 'Life-threatening consequences; hospitalization or urgent intervention indicated',
    },
  },
  { id: 'hallucinations', label: 'Seeing or hearing what is not there', alsoCalled: ['hallucinations', 'perceptual change'], standard: { term: 'Hallucinations', group }, expected: true, ...read, grades: { 1: 'Mild hallucinations (e.g., perceptual distortions)', 2: 'Moderate hallucinations', 3: 'Severe hallucinations; hospitalization not indicated', 4: harm } },
  { id: 'anxiety', label: 'Anxiety', alsoCalled: ['fear', 'panic'], standard: { term: 'Anxiety', group }, expected: false, sign: { is: 'severe-anxiety', fromGrade: 3 }, ...read, grades: { 1: 'Mild symptoms; intervention not indicated', 2: 'Moderate symptoms; limiting instrumental ADL', 3: 'Severe symptoms; limiting self care ADL; hospitalization indicated', 4: urgent } },
  { id: 'agitation', label: 'Agitation', alsoCalled: ['agitation', 'restlessness'], standard: { term: 'Agitation', group }, expected: false, ...read, grades: { 1: 'Mild mood alteration', 2: 'Moderate mood alteration', 3: 'Severe agitation; hospitalization not indicated', 4: urgent } },
  { id: 'confusion', label: 'Confusion, not knowing where or when', alsoCalled: ['confusion', 'disorientation'], standard: { term: 'Confusion', group }, expected: false, sign: { is: 'new-confusion', fromGrade: 1 }, ...read, grades: { 1: 'Mild disorientation', 2: 'Moderate disorientation; limiting instrumental ADL', 3: 'Severe disorientation; limiting self care ADL', 4: urgent } },
  {
    id: 'delirium', label: 'Acute confusional state', alsoCalled: ['delirium'], standard: { term: 'Delirium', group }, expected: false, sign: { is: 'new-confusion', fromGrade: 1 }, ...read,
    grades: { 1: 'Mild acute confusional state', 2: 'Moderate and acute confusional state; limiting instrumental ADL', 3: 'Severe and acute confusional state; limiting self care ADL; urgent intervention indicated; new onset', 4: 'Life-threatening consequences, threats of harm to self or others; urgent intervention indicated' },
  },
  { id: 'euphoria', label: 'Unusually high spirits', alsoCalled: ['euphoria', 'elation'], standard: { term: 'Euphoria', group }, expected: false, ...read, grades: { 1: 'Mild mood elevation', 2: 'Moderate mood elevation', 3: 'Severe mood elevation (e.g., hypomania)' } },
  {
    id: 'mania', label: 'Mania', alsoCalled: ['mania', 'hypomania'], standard: { term: 'Mania', group }, expected: false, ...read,
    grades: { 1: 'Mild manic symptoms (e.g., elevated mood, rapid thoughts, rapid speech, decreased need for sleep)', 2: 'Moderate manic symptoms (e.g., relationship and work difficulties; poor hygiene)', 3: 'Severe manic symptoms (e.g., hypomania; major sexual or financial indiscretions); hospitalization not indicated; new onset', 4: harm },
  },
  {
    id: 'psychosis', label: 'Psychosis', alsoCalled: ['psychosis', 'paranoia'], standard: { term: 'Psychosis', group }, expected: false, ...read,
    grades: { 1: 'Mild psychotic symptoms', 2: 'Moderate psychotic symptoms (e.g., disorganized speech; impaired reality testing)', 3: 'Severe psychotic symptoms (e.g., paranoid, extreme disorganization); hospitalization not indicated; new onset', 4: harm },
  },
  {
    id: 'suicidal-ideation', label: 'Thoughts of suicide', alsoCalled: ['suicidal ideation', 'suicidal thoughts'], standard: { term: 'Suicidal ideation', group }, expected: false, ...read,
    grades: {
      1: 'Increased thoughts of death but no wish to kill oneself', 2: 'Suicidal ideation with no specific plan or intent',
      3: 'Specific plan to commit suicide without serious intent to die which may not require hospitalization', 4: 'Specific plan to commit suicide with serious intent to die which requires hospitalization',
    },
  },
  { id: 'suicide-attempt', label: 'Suicide attempt', alsoCalled: ['suicidal act'], standard: { term: 'Suicide attempt', group }, expected: false, sign: { is: 'suicidal-act', fromGrade: 1 }, ...read, grades: { 3: 'Suicide attempt or gesture without intent to die', 4: 'Suicide attempt with intent to die which requires hospitalization' } },
  {
    id: 'insomnia', label: 'Trouble sleeping', alsoCalled: ['insomnia'], standard: { term: 'Insomnia', group }, expected: false, ...read,
    grades: { 1: 'Mild difficulty falling asleep, staying asleep or waking up early', 2: 'Moderate difficulty falling asleep, staying asleep or waking up early', 3: 'Severe difficulty in falling asleep, staying asleep or waking up early' },
  },
] as const satisfies readonly SideEffectRow[]
