import type { TitrationRows, TitrationRule } from './titration.ts'

type Row = TitrationRows['adult' | 'review' | 'lower' | 'keep'] | TitrationRows['start']['older' | 'inhibited']

/** A rule in words for the prescriber, with the figures of its row. */
export function sayRule(rule: TitrationRule, { adult, review, lower, keep, start }: TitrationRows): string {
  const says: Readonly<Record<TitrationRule, string>> = {
    'not-adult': `Younger than ${adult.fromYears}: nothing is proposed.`,
    'not-cleared': 'No medical clearance in force: nothing is proposed.',
    'red-or-severe': `A ${review.alert} alert, or a side effect of grade ${review.grade} or more: left to the prescriber.`,
    'orange-grade-or-sedation': `An ${lower.alert} alert, an unexpected side effect of grade ${lower.grade} or more, or MOAA/S ${lower.moaaSAtMost} or less: one step down.`,
    'too-intense': 'Stronger than the window: one step down.',
    'enough-response': `Scores ${keep.responsePercent} % lower or more: the dose stays.`,
    yellow: `A ${keep.alert} alert, where it was weaker than the window: the dose stays.`,
    'too-little': 'Weaker than the window: one step up, within the limits.',
    'ideal-weight': 'A body mass index at which the weight as measured is not used.',
    older: `${start.older.fromYears} or older: ${share(start.older.share)} of the usual start.`,
    inhibitor: 'A medicine that slows the breakdown: a smaller start.',
  }
  return says[rule]
}

/** The row that holds the figures; the window is the prescriber's own, and a clearance has rules of its own. */
export function rowOfRule(rule: TitrationRule, { adult, review, lower, keep, start }: TitrationRows): Row | undefined {
  const rows: Readonly<Partial<Record<TitrationRule, Row>>> = { 'not-adult': adult, 'red-or-severe': review, 'orange-grade-or-sedation': lower, 'enough-response': keep, yellow: keep, older: start.older, inhibitor: start.inhibited }
  return rows[rule]
}

const share = (part: number) => `${Math.round(part * 100)} %`
