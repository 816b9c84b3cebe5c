import type { Amount } from '../../../../core/dosing/rows.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { dosing } from '../../../../knowledge/dosing.ts'
import { consentForms } from '../../../../knowledge/consents.ts'
import { bloodCurves, nextDose, otherRoutes, takenTogether } from './library.ts'
import { count, from, listed, sentence, type BookRule, type Chapter } from './rule.ts'

const amount = ({ ugPerKg, ug }: Amount): string => [ugPerKg === undefined ? '' : `${showMg(ugPerKg)}/kg`, ug === undefined ? '' : showMg(ug)].filter(Boolean).join(', and at most ')

const range = ([low, high]: readonly [number, number]) => (low === high ? String(low) : `${low} to ${high}`)
const percent = ([low, high]: readonly [number, number]) => `${listed([...new Set([low, high].map((share) => `${Math.round(share * 100)}`))], 'to')} percent`

export const medicineChapter: Chapter = {
  id: 'medicine', title: 'The medicine', intro: 'Limits of what anyone can order. The program computes nothing for anybody: a prescriber types a dose, and these rows refuse what lies outside.',
  groups: [
    { title: 'Doses', rules: dosing.doses.map((row): BookRule => ({
      id: row.id, ...from(row), basis: row.literature,
      says: `${row.route}, ${row.medication.replace('-', ' ')}: a first dose of ${amount(row.start)}, usually ${amount(row.usual[0])} to ${amount(row.usual[1])}, in steps of ${amount(row.step)}.`,
      lines: [`Above ${amount(row.soft)} a written reason is needed.`, `Above ${amount(row.hard)} it is refused.`, ...('unitUg' in row ? [`Comes in devices of ${showMg(row.unitUg)}.`] : [`Given in multiples of ${showMg(row.roundToUg)}.`])],
    })) },
    { title: 'A second dose in a session', rules: dosing.boosters.map((row): BookRule => ({
      id: row.id, ...from(row),
      says: `${row.route}: from ${row.windowMin[0]} to ${row.windowMin[1]} minutes after the first, after ${row.quietMin} quiet minutes, with MOAA/S ${row.moaaSAtLeast} or more, below the age of ${row.ageBelow}${row.notInFirstSession ? ', and never in a first session' : ''}.`,
    })) },
    { title: 'What is known of each way in', rules: dosing.routes.map((row): BookRule => ({
      id: row.id, ...from(row), says: sentence(`${row.route}, ${row.name}: ${row.says}`),
      lines: [`Of the dose ${percent(row.bioavailability)} arrives; felt after ${range(row.onsetMin)}, strongest at ${range(row.peakMin)}, over after ${range(row.acuteEndMin)} minutes.`],
    })) },
    nextDose,
    bloodCurves,
    otherRoutes,
    takenTogether,
    { title: 'Weight', rules: [
      { id: dosing.weight.id, says: `From a body mass index of ${dosing.weight.idealFromBmiTenths / 10} on, the actual weight is not used for a dose.`, ...from(dosing.weight) },
      { id: dosing.plausibleWeight.id, says: `A weight that changed by ${dosing.plausibleWeight.changePercent} percent or more, or gives a body mass index outside ${dosing.plausibleWeight.bmiTenths.map((tenths) => tenths / 10).join(' to ')}, is asked for again.`, ...from(dosing.plausibleWeight) },
    ] },
    { title: 'Consents', rules: consentForms.map((form): BookRule => ({ id: `consent.${form.form}`, says: `${form.title}, version ${form.version}${form.required ? ', is signed before the first dose.' : ', can be left unsigned without a reason.'}`, lines: form.risks.length > 0 ? [`${count(form.risks.length, 'risk')} are read and ticked one by one.`] : [], ...from(form) })) },
  ],
}
