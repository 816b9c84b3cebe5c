/** What a worked case says beyond the plain one, and only one thing at a time where that is possible. */
type Input = Record<string, unknown>

/** A man of 35 with depression, everything asked and nothing remarkable. Invented. */
export const plainCase: Input = {
  age: 35, sexAtBirth: 'M', bmi: 24, diagnoses: ['F33.2'], allergies: [], medications: [], psychosis: 'none', mania: 'none', substanceUse: [], urineDrugScreenPositive: [],
  cSsrs: {}, systolic: 122, diastolic: 78, phq9: 17, adequateTrials: 2, hasCapacity: true, escortAvailable: true, clearanceSigned: true, medicationsReconciled: true, pdmpChecked: true,
}

const dx = (...codes: string[]): Input => ({ diagnoses: ['F33.2', ...codes] })
const takes = (...medications: string[]): Input => ({ medications })
const uses = (substance: string, status: string): Input => ({ substanceUse: [{ substance, status }] })
const pressure = (systolic: number, diastolic: number): Input => ({ systolic, diastolic })
const she: Input = { sexAtBirth: 'F', age: 29 }
const tested = (pregnancyTestAgeDays?: number): Input => ({ pregnancyTest: 'negative', ...(pregnancyTestAgeDays !== undefined && { pregnancyTestAgeDays }) })
const alcoholCourse: Input = { protocolTarget: 'AUD' }

/** ICD-10-CM families of substances; alcohol is F10, nicotine (F17) is left out. */
const otherFamilies = ['F11', 'F12', 'F13', 'F14', 'F15', 'F16', 'F18', 'F19']
const each = (families: readonly string[], ...endings: readonly string[]) => families.flatMap((family) => endings.map((ending) => dx(`${family}${ending}`)))

/** For every rule: what fires it, what does not, and what leaves it unknown; at and beside each threshold. */
export const ruleCases: Record<string, { readonly fires: readonly Input[]; readonly not: readonly Input[]; readonly unknown?: readonly Input[] }> = {
  B01: { fires: [{ allergies: ['ketamine'] }, { allergies: ['esketamine'] }, { allergies: ['Ketamine hydrochloride'] }, { allergies: ['Spravato'] }], not: [{ allergies: ['penicillin'] }, dx('Z88.4')] },
  B02: { fires: ['I71.4', 'I72.0', 'I67.1', 'Q28.2', 'Q28.0', 'Q27.30', 'I77.0', 'Q28.1', 'Q28.3', 'I25.3', 'I25.41', 'I28.1', 'I67.0', 'i714'].map((code) => dx(code)), not: [dx('I70.0'), dx('I25.2'), dx('I67.9'), dx('Q28.8')] },
  B03: { fires: ['I61.9', 'I69.10', 'I60.9', 'I62.00', 'I69.00', 'I69.20'].map((code) => dx(code)), not: [dx('I63.9'), dx('I69.30')] },
  B04: { fires: [{ psychosis: 'active' }, ...['F20.9', 'F22', 'F23', 'F25.0', 'F28', 'F29', 'F32.3', 'F33.3', 'F31.2', 'F31.5', 'F31.64', 'F53.1'].map((code) => dx(code)), ...each(['F10', ...otherFamilies], '.159', '.259', '.959')], not: [{ psychosis: 'past' }, { psychosis: 'family' }, dx('F31.63'), dx('F32.2'), dx('F21'), dx('F12.10')] },
  B05: { fires: [{ ...she, pregnancyTest: 'positive', pregnancyTestAgeDays: 1 }, { ...she, pregnancyTest: 'positive' }, { ...she, pregnancyStatus: 'pregnant' }, { ...she, ...tested(3), pregnancyStatus: 'pregnant' }, ...['Z33.1', 'O09.90', 'O99.34', 'Z34.90', 'Z3A.12', 'Z32.01'].map((code) => dx(code))], not: [{ ...she, ...tested(3) }, { ...she, pregnancyStatus: 'not-pregnant' }, dx('Z32.02'), dx('Z39.1')] },
  B06: { fires: [{ age: 17 }, { age: 0 }], not: [{ age: 18 }, { age: 19 }] },
  B07: { fires: [{ weeksSinceCardiovascularEvent: 0 }, { weeksSinceCardiovascularEvent: 5.9 }, { weeksSinceCardiovascularEvent: 6 }, { ...dx('I21.4'), weeksSinceCardiovascularEvent: 6 }], not: [{ weeksSinceCardiovascularEvent: 6.1 }, { weeksSinceCardiovascularEvent: 7 }, dx('I20.0'), dx('G45.9'), { ...dx('I21.4'), weeksSinceCardiovascularEvent: 7 }], unknown: [dx('I21.4'), dx('I22.0'), dx('I63.9')] },
  B08: { fires: [{ nyhaClass: 3 }, { nyhaClass: 4 }, { ...dx('I50.22'), nyhaClass: 3 }], not: [{ nyhaClass: 2 }, { ...dx('I50.22'), nyhaClass: 2, ecgDone: true }], unknown: [dx('I50.9')] },
  B09: { fires: [{ hasCapacity: false }, { hasCapacity: null }], not: [{ hasCapacity: true }] },
  B10: { fires: [{ childPugh: 'C' }], not: [{ childPugh: 'B' }, { childPugh: 'A' }, dx('K74.60')] },
  B11: { fires: [{ mania: 'current' }], not: [{ mania: 'past' }, dx('F31.13')] },
  B12: { fires: ['F01.50', 'F02.80', 'F03.90', 'F05', 'G30.9'].map((code) => dx(code)), not: [dx('F06.7'), dx('G31.84')] },

  H01: { fires: [pressure(160, 78), pressure(122, 100), pressure(180, 120), pressure(200, 60)], not: [pressure(159.9, 99.9), pressure(159, 99)], unknown: [{ systolic: null }, { diastolic: null }] },
  H02: { fires: [{ cSsrs: { q4: true } }, { cSsrs: { q5: true } }, { cSsrs: { q6Lifetime: true, q6PastThreeMonths: true } }], not: [{ cSsrs: { q1: true, q2: true, q3: true } }, { cSsrs: { q6Lifetime: true } }], unknown: [{ cSsrs: null }, { cSsrs: { q5: null } }] },
  H03: {
    fires: [uses('cocaine', 'active'), uses('alcohol', 'active'), uses('cocaine and nicotine', 'active'), { ...alcoholCourse, hoursSinceAlcohol: 30, ...uses('cocaine', 'active') }, { ...alcoholCourse, hoursSinceAlcohol: 30, urineDrugScreenPositive: ['opioid'] }, { urineDrugScreenPositive: ['ketamine'] }, ...each(['F10', ...otherFamilies], '.10', '.20'), ...each(otherFamilies, '.10', '.20').map((input) => ({ ...alcoholCourse, hoursSinceAlcohol: 30, ...input }))],
    not: [uses('nicotine', 'active'), uses('Caffeine', 'active'), uses('cocaine', 'remission'), uses('cocaine', 'early-remission'), { ...alcoholCourse, hoursSinceAlcohol: 30, ...uses('alcohol', 'active') }, { ...alcoholCourse, hoursSinceAlcohol: 30, ...dx('F10.20') }, ...each(['F10', ...otherFamilies], '.11', '.21'), dx('F17.210'), ...['tobacco', 'cigarettes', 'vaping', 'coffee'].map((name) => uses(name, 'active')), { ...alcoholCourse, hoursSinceAlcohol: 30, ...uses('ethanol', 'active') }],
    unknown: [{ substanceUse: null }],
  },
  H04: { fires: [{ intoxicated: true }], not: [{ intoxicated: false }] },
  H05: { fires: [{ tsh: 0.09 }, { tsh: 0 }, dx('E05.90')], not: [{ tsh: 0.1 }, { tsh: 2 }, { ...dx('E05.90'), ...takes('methimazole') }, dx('E03.9')], unknown: [{ ...dx('E05.90'), medications: null }] },
  H06: { fires: [{ daysSincePsychiatricAdmission: 0 }, { daysSincePsychiatricAdmission: 14 }], not: [{ daysSincePsychiatricAdmission: 15 }, {}] },
  H07: { fires: [{ transaminaseTimesUpperLimit: 5.1 }], not: [{ transaminaseTimesUpperLimit: 5 }, { transaminaseTimesUpperLimit: 4.9 }] },
  H08: { fires: [{ ...alcoholCourse, hoursSinceAlcohol: 0 }, { ...alcoholCourse, hoursSinceAlcohol: 23.9 }, alcoholCourse], not: [{ ...alcoholCourse, hoursSinceAlcohol: 24 }, { hoursSinceAlcohol: 1 }] },

  O01: { fires: [{ psychosis: 'past' }], not: [{ psychosis: 'none' }, { psychosis: 'family' }, { psychosis: 'active' }, dx('Z86.59')] },
  O02: { fires: [{ mania: 'past' }, { mania: 'past', moodStabilizer: false }], not: [{ mania: 'past', moodStabilizer: true }, { mania: 'none' }, dx('F31.81')] },
  O03: { fires: [{ weeksSinceCardiovascularEvent: 6.1 }, { weeksSinceCardiovascularEvent: 7 }, { weeksSinceCardiovascularEvent: 26 }, dx('I25.10'), dx('I20.9'), dx('I35.0'), { ...dx('I63.9'), weeksSinceCardiovascularEvent: 26 }], unknown: [dx('I21.4'), dx('I22.0'), dx('I63.9')], not: [{ weeksSinceCardiovascularEvent: 6 }, { weeksSinceCardiovascularEvent: 26.1 }, { weeksSinceCardiovascularEvent: 27 }, dx('I25.2')] },
  O04: { fires: [{ qtcMs: 501 }, dx('I47.10'), dx('I48.91'), dx('I49.5')], not: [{ qtcMs: 500 }, { qtcMs: 440 }, dx('I45.10')] },
  O05: { fires: [{ seizureUncontrolled: true }], not: [dx('G40.911')] },
  O06: { fires: [{ untreatedSleepApnea: true }, { homeOxygen: true }], not: [dx('G47.33'), dx('J44.9'), dx('Z99.81')] },
  O07: { fires: [{ transaminaseTimesUpperLimit: 3.1 }, { transaminaseTimesUpperLimit: 5 }, { childPugh: 'B' }], not: [{ transaminaseTimesUpperLimit: 3 }, { transaminaseTimesUpperLimit: 5.1 }, { childPugh: 'A' }, dx('K70.30')] },
  O08: { fires: ['G93.2', 'G91.2', 'S06.0X1A'].map((code) => dx(code)), not: [dx('G93.1'), dx('S05.10XA')] },
  O09: { fires: [dx('H40.20X0')], not: [dx('H40.10X0')] },
  O10: { fires: [{ bpicSs: 19 }, { bpicSs: 38 }, { visibleBloodInUrine: true }, { cystitisGrade: 2 }, { cystitisGrade: 3 }, dx('N30.10'), dx('N30.20'), dx('R31.0')], not: [{ bpicSs: 18 }, { visibleBloodInUrine: false }, { cystitisGrade: 1 }, dx('N30.00'), dx('R31.29')] },
  O11: { fires: [uses('cocaine', 'early-remission'), uses('alcohol', 'early-remission'), { ketamineMisuse: true }, uses('ketamine', 'remission'), uses('PCP', 'remission')], not: [uses('cocaine', 'remission'), ...['nicotine', 'tobacco', 'cigarettes', 'vaping', 'caffeine', 'coffee'].map((name) => uses(name, 'early-remission')), dx('F14.21')], unknown: [{ substanceUse: null }] },
  O12: { fires: [{ opioidAgonistTreatment: true }, { morphineEquivalentMg: 50 }, { ...takes('oxycodone'), morphineEquivalentMg: 80 }], not: [{ morphineEquivalentMg: 49 }, { ...takes('oxycodone'), morphineEquivalentMg: 20 }, dx('F11.21'), {}], unknown: [takes('oxycodone')] },
  O13: { fires: [{ ...she, ...tested(1), lactating: true }, { lactating: true }], not: [{ ...she, ...tested(1), lactating: false }, dx('Z39.1')] },
  O14: { fires: ['phenelzine', 'tranylcypromine', 'isocarboxazid', 'selegiline', 'Emsam 6 mg/24 h patch'].map((name) => takes(name)), not: [takes('sertraline'), takes('linezolid')] },
  O15: { fires: [{ lorazepamEquivalentMg: 3.1 }, { ...takes('alprazolam'), lorazepamEquivalentMg: 6 }], not: [{ lorazepamEquivalentMg: 3 }, { ...takes('lorazepam'), lorazepamEquivalentMg: 2 }, {}], unknown: [takes('lorazepam')] },
  O16: { fires: [takes('theophylline'), takes('aminophylline')], not: [takes('albuterol')] },
  O17: { fires: [dx('E80.0'), dx('E80.1'), dx('E80.21')], not: [dx('E80.3'), dx('E80.4')] },
  O18: { fires: [dx('F44.81')], not: [dx('F44.89'), dx('F48.1')] },
  O19: { fires: [{ ...takes('methylphenidate'), ...pressure(140, 78) }, { ...takes('lisdexamfetamine'), ...pressure(122, 90) }, { ...takes('modafinil'), ...pressure(165, 95) }], not: [{ ...takes('methylphenidate'), ...pressure(139, 89) }, pressure(145, 92)] },
  O20: { fires: [{ ketamineFromAnotherPrescriber: true }], not: [{ ketamineFromAnotherPrescriber: false }] },
  O21: { fires: [{ escortAvailable: false }, { escortAvailable: null }], not: [{ escortAvailable: true }] },
  O22: { fires: [dx('D35.01'), dx('C74.10')], not: [dx('D35.2')] },
  O23: { fires: [dx('I27.0'), dx('I27.20')], not: [dx('I27.82')] },

  M01: { fires: [{ clearanceSigned: false }, { clearanceSigned: null }], not: [{ clearanceSigned: true }] },
  M02: {
    fires: [{ ...she }, { ...she, pregnancyTest: 'missing' }, { ...she, pregnancyStatus: 'not-pregnant' }, { ...she, ...tested(8) }, { ...she, ...tested(7.1) }, { ...she, ...tested() }, { ...she, age: 12 }, { ...she, age: 55 }, { childbearingPotential: true }, { ...she, age: 60, ecgDone: true, childbearingPotential: true }, { sexAtBirth: null }, { sexAtBirth: 'other' }],
    not: [{ ...she, ...tested(7) }, { ...she, ...tested(0) }, { ...she, childbearingPotential: false }, { ...she, age: 56, ecgDone: true }, { ...she, age: 11 }, { ...she, pregnancyTest: 'positive' }, { sexAtBirth: null, childbearingPotential: false }, {}],
  },
  M03: { fires: [{ systolic: null }, { diastolic: null }, { systolic: null, diastolic: null }], not: [pressure(122, 78)] },
  M04: { fires: [{ medicationsReconciled: false }, { medicationsReconciled: null }, takes('alprazolam'), takes('Klonopin'), takes('oxycodone')], not: [{ ...takes('alprazolam'), lorazepamEquivalentMg: 1 }, { ...takes('oxycodone'), morphineEquivalentMg: 10 }, { ...takes('buprenorphine'), opioidAgonistTreatment: true }, takes('sertraline')] },
  M05: { fires: [{ cSsrs: null }, { cSsrs: { q4: null } }], not: [{ cSsrs: {} }, { cSsrs: { q4: true } }] },
  M06: { fires: [{ age: 50 }, { age: 68 }, ...['I20.9', 'I21.4', 'I22.1', 'I25.2', 'I42.9', 'I47.10', 'I48.0', 'I49.9', 'I50.9'].map((code) => dx(code))], not: [{ age: 49 }, { age: 50, ecgDone: true }, { ...dx('I25.2'), ecgDone: true }, dx('I10')] },
  M07: { fires: [{ phq9: null }], not: [{ phq9: 0 }, { phq9: 27 }] },
  M08: { fires: [{ pdmpChecked: false }, { pdmpChecked: null }], not: [{ pdmpChecked: true }] },
  M09: { fires: [{ age: null }, { sexAtBirth: null }, { psychosis: null }, { mania: null }, { substanceUse: null }, { allergies: null }, { medications: null }, dx('I21.4'), dx('I22.0'), dx('I63.9')], not: [{ ...dx('I21.4'), weeksSinceCardiovascularEvent: 30 }, dx('I25.2'), { bmi: null }] },
  M10: { fires: [{ medicinesStoppedUndated: ['phenelzine, stopped'] }], not: [{ medicinesStoppedUndated: [] }, { medicinesToJudge: ['phenelzine, stopped 2026-11-20'] }] },

  C01: { fires: [pressure(140, 78), pressure(159.9, 78), pressure(122, 90), pressure(122, 99.9)], not: [pressure(139.9, 89.9), pressure(160, 92), pressure(145, 100)], unknown: [{ systolic: 150, diastolic: null }] },
  C02: { fires: [{ age: 65 }, { age: 80 }], not: [{ age: 64 }] },
  C03: { fires: [{ age: 18 }, { age: 24 }], not: [{ age: 17 }, { age: 25 }] },
  C04: { fires: [takes('lamotrigine'), takes('Lamictal 100 mg tablet')], not: [takes('lithium')] },
  C05: { fires: [{ ...takes('lorazepam'), lorazepamEquivalentMg: 3 }, { ...takes('lorazepam'), lorazepamEquivalentMg: 0 }, { lorazepamEquivalentMg: 0.5 }], not: [{ ...takes('lorazepam'), lorazepamEquivalentMg: 3.1 }, { lorazepamEquivalentMg: 0 }, {}], unknown: [takes('lorazepam')] },
  C06: { fires: [takes('methylphenidate'), { ...takes('modafinil'), ...pressure(139.9, 89.9) }], not: [{ ...takes('methylphenidate'), ...pressure(140, 78) }, { ...takes('methylphenidate'), ...pressure(122, 90) }, takes('atomoxetine')] },
  C07: { fires: [takes('zolpidem'), takes('gabapentin'), takes('baclofen'), takes('diphenhydramine'), takes('cannabis'), takes('sodium oxybate'), takes('phenobarbital'), takes('kratom'), { ...takes('tramadol'), morphineEquivalentMg: 49 }, takes('tramadol')], not: [{ ...takes('oxycodone'), morphineEquivalentMg: 50 }, { ...takes('methadone'), opioidAgonistTreatment: true }, takes('cetirizine')] },
  C08: { fires: ['ketoconazole', 'itraconazole', 'clarithromycin', 'ritonavir', 'grapefruit', 'ticlopidine', 'clopidogrel', 'fluconazole', 'diltiazem', 'verapamil', 'cobicistat'].map((name) => takes(name)), not: [takes('azithromycin'), takes('amlodipine')] },
  C09: { fires: ['rifampin', 'carbamazepine', 'phenytoin', 'St. John’s Wort'].map((name) => takes(name)), not: [takes('valproate')] },
  C10: { fires: [{ mania: 'past', moodStabilizer: true }, { ...dx('F31.4'), moodStabilizer: true }], not: [{ mania: 'past' }, { moodStabilizer: true }, { ...dx('F31.12'), mania: 'current', moodStabilizer: true }] },
  C11: { fires: [{ cSsrs: { q1: true } }, { cSsrs: { q2: true } }, { cSsrs: { q3: true } }, { cSsrs: { q6Lifetime: true } }], unknown: [{ cSsrs: null }], not: [{ cSsrs: {} }, { cSsrs: { q1: true, q2: true, q4: true } }, { cSsrs: { q1: true, q5: true } }, { cSsrs: { q6Lifetime: true, q6PastThreeMonths: true } }] },
  C12: { fires: [{ bpicSs: 8 }, { bpicSs: 18 }, { bpicSsRise: 7 }, { bpicSsRise: 8 }, { urinaryTrouble: true }], not: [{ bpicSs: 7 }, { bpicSs: 19 }, { bpicSsRise: 6 }, { urinaryTrouble: false }] },
  C13: { fires: [{ bmi: 30 }, { bmi: 41 }], not: [{ bmi: 29.9 }, { bmi: null }] },
  C14: { fires: [{ psychosis: 'family' }], not: [{ psychosis: 'past' }] },
  C15: { fires: [{ adequateTrials: 0 }, { adequateTrials: 1 }, { diagnoses: ['F32.1'], adequateTrials: 1 }], not: [{ adequateTrials: 2 }, { diagnoses: ['F43.10'], adequateTrials: 0 }, { adequateTrials: null }] },
  C16: { fires: [takes('levothyroxine'), takes('Synthroid')], not: [takes('liothyronine')] },
  C17: { fires: ['haloperidol', 'risperidone', 'clozapine', 'olanzapine', 'quetiapine'].map((name) => takes(name)), not: [takes('buspirone')] },
  C18: { fires: [takes('naltrexone')], not: [takes('acamprosate')] },
  C19: { fires: [dx('F60.3'), dx('F44.0'), dx('F48.1'), dx('F61')], not: [dx('F44.81'), dx('F43.10')] },
  C20: { fires: [dx('G47.33')], not: [{ ...dx('G47.33'), untreatedSleepApnea: true }, dx('G47.00')] },
  C21: { fires: ['sertraline', 'fluoxetine', 'citalopram', 'escitalopram', 'paroxetine', 'venlafaxine', 'duloxetine'].map((name) => takes(name)), not: [takes('bupropion'), takes('mirtazapine')] },
  C22: { fires: [{ ...alcoholCourse, hoursSinceAlcohol: 48 }], not: [dx('F10.21')] },
  C23: { fires: [takes('semaglutide'), takes('Ozempic')], not: [takes('metformin')] },
  C24: { fires: [{ bmi: 17.4 }], not: [{ bmi: 17.5 }, { bmi: 18 }, { bmi: null }] },
  C25: { fires: [takes('insulin glargine'), takes('glipizide')], not: [takes('metformin')] },
  C26: { fires: [takes('warfarin'), takes('Eliquis 5 mg')], not: [takes('aspirin')] },
  C27: { fires: [dx('I45.81')], not: [dx('I45.89')] },
  C28: { fires: [takes('dextromethorphan-bupropion'), takes('memantine'), takes('amantadine')], not: [takes('donepezil')] },
  C29: { fires: [takes('linezolid'), takes('methylene blue')], not: [takes('amoxicillin')] },
  C30: { fires: [takes('ayahuasca'), takes('psilocybin')], not: [takes('melatonin')] },
  C31: { fires: [{ medicinesToJudge: ['phenelzine, stopped 2026-11-20'] }], not: [{ medicinesToJudge: [] }, { medicinesStoppedUndated: ['phenelzine, stopped'] }] },
}
