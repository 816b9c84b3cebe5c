import type { Figure } from '../core/course/protocol.ts'
import type { Tag } from '../core/shared/cited.ts'
import { proposed, recalled, seen } from './figures.ts'
import { statement, type Statement } from './statement.ts'

/** What a score means on an instrument, as it was found; what the program computes with stands in `outcomes.ts`. */
export interface ScoreMeaning extends Statement {
  readonly instrument: string
  readonly range: readonly [number, number]
  readonly bands: readonly (readonly [from: number, to: number, name: string])[]
  readonly bandsTag: Tag
}
type Given = Pick<ScoreMeaning, 'instrument' | 'range' | 'bands' | 'bandsTag'>
const meaning = (id: string, basis: Figure, given: Given, says: string, plainly: string, spanish: string): ScoreMeaning => ({ ...statement(`score.${id}`, basis, says, plainly, spanish), ...given })

/** Where a row mixes what was seen with what is remembered, it carries the weaker tag. */
export const scoreMeanings = [
  meaning('phq-9', recalled('S34', 'S19', 'S21'), { instrument: 'PHQ-9', range: [0, 27], bands: [[0, 4, 'minimal'], [5, 9, 'mild'], [10, 14, 'moderate'], [15, 19, 'moderately severe'], [20, 27, 'severe']], bandsTag: 'V' }, 'Half lower is a response, below 5 remission (seen). The least change that people notice: 5 points from memory; 1.7 points or 21 percent by a global rating (seen). Reliable from 6 points, recovered below 10, from memory.', 'A questionnaire about low mood.', 'Un cuestionario sobre el ánimo bajo.'),
  meaning('gad-7', recalled('S34', 'S19'), { instrument: 'GAD-7', range: [0, 21], bands: [[0, 4, 'minimal'], [5, 9, 'mild'], [10, 14, 'moderate'], [15, 21, 'severe']], bandsTag: 'V' }, 'Half lower is a response. The least change that people notice: 4 points from memory; 1.5 points or 26.8 percent by a global rating (seen). Reliable from 4 points, recovered below 8, from memory.', 'A questionnaire about worry.', 'Un cuestionario sobre la preocupación.'),
  meaning('pcl-5', seen('S34'), { instrument: 'PCL-5', range: [0, 80], bands: [], bandsTag: 'V' }, 'The cut lies at 31 to 33. 5 points are the least response, 10 a meaningful fall; reliable from 15 or 18 by two samples; 28 or less is a clinically significant end.', 'A questionnaire about trauma.', 'Un cuestionario sobre el trauma.'),
  meaning('madrs', recalled('S24', 'S34'), { instrument: 'MADRS', range: [0, 60], bands: [[0, 6, 'none'], [7, 19, 'mild'], [20, 34, 'moderate'], [35, 60, 'severe']], bandsTag: 'M' }, 'Half lower is a response; remission at 10 or less, or at 12 or less (both seen: the practice chooses, and it is stored with the result). The least change that people notice: 3 to 9 points, probably 3 to 6 (seen); 1.6 to 1.9 from memory. Reliable at about 7, from memory.', 'An interview about low mood.', 'Una entrevista sobre el ánimo bajo.'),
  meaning('qids-sr16', recalled('S23', 'S34'), { instrument: 'QIDS-SR16', range: [0, 27], bands: [[0, 5, 'none'], [6, 10, 'mild'], [11, 15, 'moderate'], [16, 20, 'severe'], [21, 27, 'very severe']], bandsTag: 'M' }, 'Half lower is a response; 30 percent or less is no meaningful benefit (seen). Remission at 5 or less and a noticeable change of about 28.5 percent from memory.', 'A questionnaire about low mood.', 'Un cuestionario sobre el ánimo bajo.'),
  meaning('bdi-ii', recalled('S34', 'S3'), { instrument: 'BDI-II', range: [0, 63], bands: [[0, 13, 'minimal'], [14, 19, 'mild'], [20, 28, 'moderate'], [29, 63, 'severe']], bandsTag: 'M' }, 'Half lower is a response. The least change that people notice: 3.5 points or 23 percent, or 3 to 9 points (seen); 17.5 and 32 percent from memory. Remission at 13 or less or below 10, reliable from 8.5 to 9, from memory. Its items belong to a publisher.', 'A questionnaire about low mood.', 'Un cuestionario sobre el ánimo bajo.'),
  meaning('caps-5', seen('S34'), { instrument: 'CAPS-5', range: [0, 80], bands: [], bandsTag: 'V' }, 'Reliable from 13 or 12 by two samples; 8 or less is a clinically significant end.', 'An interview about trauma.', 'Una entrevista sobre el trauma.'),
] as const satisfies readonly ScoreMeaning[]

/** Words of a course’s end, and other definitions of relapse under which published figures were counted. */
export const relapseVariants = [
  statement('outcome.categories', proposed(), 'Remission lies within response; partial is 25 to 49 percent better, none below 25; worse by the reliable change is deteriorated. Of a first score below the cut-off neither remission nor response is said.', 'Better, partly better, no better, or worse.', 'Mejor, algo mejor, igual o peor.'),
  statement('outcome.response-start', proposed(), 'A response starts with the first score that meets it after at least one dose.', 'When it began to help.', 'Cuándo empezó a ayudar.'),
  statement('relapse.event', proposed(), 'One such score also counts with an admission, a suicide attempt, or acute treatment begun again.', 'A stay in hospital counts as well.', 'También cuenta un ingreso en hospital.'),
  statement('relapse.madrs', recalled('P'), 'MADRS of 22 or more twice, 5 to 15 days apart, or an admission for depression or to prevent suicide.', 'Another way to count sliding back.', 'Otra forma de contar una recaída.'),
  statement('relapse.murrough', recalled('S22'), 'Less than half better on the MADRS, watched for up to 83 days; the days were seen, the rule is from memory.', 'Another way to count sliding back.', 'Otra forma de contar una recaída.'),
  statement('relapse.censored', proposed(), 'Counted up to the last score, to leaving, or to death. On one day events come before those who leave.', 'We count only as long as we hear from you.', 'Contamos solo mientras sabemos de usted.'),
  statement('relapse.days', proposed('S21', 'S22', 'S5'), 'Curves run from the end of the course and are read at 14, 28, 56, 84 and 180 days, with the median; beside them stand BM04, BM05 and BM06.', 'How many were still better after weeks and months.', 'Cuántas personas seguían mejor tras semanas y meses.'),
  statement('outcome.both-ways', proposed(), 'Those who finished and all who began are both shown; whoever has no score counts as not improved among all who began. How many are missing is said, and no word claims a cause.', 'Everybody who began is counted.', 'Se cuenta a todas las personas que empezaron.'),
  statement('outcome.few', proposed(), 'A share of fewer than ten people is not shown; others with a Wilson interval of 95 percent. An effect size is the mean change over the standard deviation at baseline.', 'Small groups are not shown, so nobody can be recognized.', 'No se muestran grupos pequeños, para que nadie sea reconocido.'),
  statement('outcome.mean', proposed(), 'Whoever begins at their worst tends to score lower the next time, with any treatment: it is said beside every mean.', 'Some of any change would have come anyway.', 'Parte de cualquier cambio habría llegado igual.'),
  statement('outcome.no-licence', proposed(), 'WSAS, WHODAS, ISI, WHO-5, DAST-10: named here, with no words and no cuts until their licence and a source were read.', 'Other questionnaires your practice may use.', 'Otros cuestionarios que puede usar su consultorio.'),
] as const satisfies readonly Statement[]
