import { atScreening, ifMeasured, ifRecorded, onTheDay, type RuleRow } from './row.ts'

/** Every substance by family, without alcohol: abuse (.1) and dependence (.2), remission left out below. */
const otherUseCodes = ['F11.1', 'F11.2', 'F12.1', 'F12.2', 'F13.1', 'F13.2', 'F14.1', 'F14.2', 'F15.1', 'F15.2', 'F16.1', 'F16.2', 'F18.1', 'F18.2', 'F19.1', 'F19.2'] as const
const otherRemissionCodes = ['F11.11', 'F11.21', 'F12.11', 'F12.21', 'F13.11', 'F13.21', 'F14.11', 'F14.21', 'F15.11', 'F15.21', 'F16.11', 'F16.21', 'F18.11', 'F18.21', 'F19.11', 'F19.21'] as const
const alcohol = ['alcohol', 'ethanol'] as const
const underAlcoholProtocol = { fact: 'protocolTarget', is: 'AUD' } as const
const highInterview = { any: [{ fact: 'cSsrsQ4', is: true }, { fact: 'cSsrsQ5', is: true }, { fact: 'cSsrsQ6PastThreeMonths', is: true }] } as const

/** For now, and each says what lifts it. */
export const holds = [
  {
    id: 'H01', action: 'hold', ...atScreening, when: { any: [{ fact: 'systolicMmHg', atLeast: 160 }, { fact: 'diastolicMmHg', atLeast: 100 }] },
    raises: { flag: 'urgent', when: { any: [{ fact: 'systolicMmHg', atLeast: 180 }, { fact: 'diastolicMmHg', atLeast: 120 }] } },
    says: 'Pressure not controlled: screening mean 160 systolic or more, or 100 diastolic or more. From 180 or 120 it is urgent.', plainly: 'Your blood pressure is higher than we start with. It comes down first, together with your prescriber.',
    liftedBy: 'Readings below 160 and below 100 on two different days.', codes: [], firedBy: 'test', screenedBy: 'two seated readings',
    basis: 'Uncontrolled hypertension is excluded by two practices and a trial. The cut is ours, at grade 3 of the adverse event criteria.', cites: ['S1', 'S2', 'S36', 'S35', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'H02', action: 'hold', ...atScreening, when: highInterview, raises: { flag: 'crisis', when: highInterview },
    says: 'Acute risk of suicide: C-SSRS question 4 or 5 in the past month, or question 6 within three months. The crisis path starts now.', plainly: 'Your safety comes first. Somebody from your team will speak with you now; treatment waits.',
    liftedBy: 'A full assessment, and a prescriber who documents a lower level.', codes: [], firedBy: 'test', screenedBy: 'C-SSRS',
    basis: 'The triage of the screener; a practice and a home study exclude acute crisis.', cites: ['S32', 'S1', 'S19'], tag: 'V', verified: true,
  },
  {
    id: 'H03', action: 'hold', ...atScreening,
    when: {
      any: [
        { uses: 'any', except: ['nicotine', 'tobacco', 'cigarettes', 'vaping', 'caffeine', 'coffee', ...alcohol], status: ['active'] },
        { all: [{ uses: alcohol, status: ['active'] }, { not: underAlcoholProtocol }] },
        { anyIn: 'urineDrugScreenPositive', ...ifMeasured },
        { diagnosis: otherUseCodes, except: otherRemissionCodes, recorded: 'active' },
        { all: [{ diagnosis: ['F10.1', 'F10.2'], except: ['F10.11', 'F10.21'], recorded: 'active' }, { not: underAlcoholProtocol }] },
      ],
    },
    says: 'Active use disorder of a substance other than nicotine or caffeine, or an unexpected positive urine screen. Under the alcohol protocol alcohol alone is exempt.', plainly: 'Something you use now does not go together with ketamine. Your team will plan with you how to get there.',
    liftedBy: 'Thirty days of abstinence and a negative urine screen.', codes: ['F10.1', 'F10.2', ...otherUseCodes], firedBy: 'either', screenedBy: 'interview, AUDIT-C, DAST-10, urine screen',
    basis: 'Two practices and a home study exclude it. The thirty days are ours, the codes from memory.', cites: ['S1', 'S2', 'S19', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'H04', action: 'hold', ...onTheDay, when: { fact: 'intoxicated', is: true },
    says: 'Intoxicated or in withdrawal now.', plainly: 'Today your body is busy with something else. We look again when you are sober and well.',
    liftedBy: 'Sober, with a low CIWA-Ar or COWS score.', codes: [], firedBy: 'test', screenedBy: 'observation, breath alcohol', basis: 'Excluded from the trial.', cites: ['S36'], tag: 'V', verified: true,
  },
  {
    id: 'H05', action: 'hold', ...atScreening,
    when: { any: [{ fact: 'tsh', below: 0.1, ...ifMeasured }, { all: [{ diagnosis: ['E05'], recorded: 'active' }, { not: { taking: ['methimazole', 'carbimazole', 'propylthiouracil'], called: 'a thyroid blocker' } }] }] },
    says: 'Overactive thyroid: TSH below 0.1, or the diagnosis without treatment.', plainly: 'Your thyroid is working too fast. It is treated first.',
    liftedBy: 'Treated, with the prescriber’s note.', codes: ['E05'], firedBy: 'either', screenedBy: 'TSH, history', basis: 'From memory: pulse and pressure rise further.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'H06', action: 'hold', ...atScreening, when: { fact: 'daysSincePsychiatricAdmission', atMost: 14, ...ifRecorded },
    says: 'Psychiatric admission within 14 days.', plainly: 'You were in hospital very recently. We give it a little time and then look together.',
    liftedBy: 'A new evaluation.', codes: [], firedBy: 'test', screenedBy: 'history', basis: 'A practice excludes acute crises; the number of days is ours.', cites: ['S1', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'H07', action: 'hold', ...atScreening, when: { fact: 'transaminaseTimesUpperLimit', moreThan: 5, ...ifMeasured },
    says: 'ALT or AST above five times the upper limit.', plainly: 'Your liver tests are higher than expected. They are repeated and explained first.',
    liftedBy: 'A repeat below the limit, or a work-up.', codes: [], firedBy: 'test', screenedBy: 'liver tests', basis: 'Grade 3 of the adverse event criteria; that it holds is our choice.', cites: ['S35', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'H08', action: 'hold', ...onTheDay, when: { all: [underAlcoholProtocol, { any: [{ absent: 'hoursSinceAlcohol' }, { fact: 'hoursSinceAlcohol', below: 24 }] }] },
    says: 'Alcohol protocol without 24 hours of abstinence, or the hours not stated. Ask CIWA-Ar: a day without alcohol lies inside the window for withdrawal seizures.', plainly: 'Before a session you are without alcohol for a day. If stopping makes you unwell, tell us at once.',
    liftedBy: 'Twenty-four hours or more, stated today.', codes: [], firedBy: 'test', screenedBy: 'interview, breath alcohol, CIWA-Ar', basis: 'The rule of the alcohol trial; silence counts as not abstinent.', cites: ['S17', 'P'], tag: 'V', verified: true,
  },
] as const satisfies readonly RuleRow[]
