import type { Instrument } from '../../../../core/measures/instrument.ts'
import { baselineDays, between, dayAfter, followUpWindows, instruments } from '../../../../knowledge/instruments.ts'
import { matching } from '../../../../knowledge/matching.ts'
import { baselineRow, changes, madrsRow, maintenanceRow, qidsRow, relapseRow, traumaRow, warningRow } from '../../../../knowledge/outcomes.ts'
import { estimateRules } from '../../../../knowledge/fees.ts'
import { showMoney } from '../../../../core/shared/units.ts'
import { callLength } from '../../../../knowledge/call-sheet.ts'
import { askedWhen, outcomeLibrary } from './library.ts'
import { count, from, listed, sentence, type BookRule, type Chapter } from './rule.ts'

const instrumentRule = (row: Instrument): BookRule => ({
  id: `instrument.${row.id}`, says: `${row.title}: ${row.says}`, ...from(row),
  lines: [
    ...(row.bands.length > 0 ? [`Bands: ${row.bands.map(({ from: low, to, name }) => `${low === to ? low : `${low} to ${to}`} ${name}`).join(', ')}.`] : []),
    row.minDaysBetween > 0 ? `At least ${count(row.minDaysBetween, 'day')} from one to the next.` : 'It may be asked again on the same day.',
    ...(row.flags ?? []).map(({ says }) => says),
    `${row.validated ? 'Validated' : 'Our own, not validated'}. ${sentence(row.licence.terms)} ${row.licence.text === 'from-practice' ? 'The practice enters the words from its own copy.' : row.licence.textVerified ? 'The words were compared with the source.' : 'Nobody has compared the words with the source yet.'}`,
  ],
})

const nameOf = (id: string) => Object.values(instruments).find((one) => one.id === id)?.title ?? id.toUpperCase()

export const measuresChapter: Chapter = {
  id: 'measures', title: 'Questionnaires', intro: 'What is asked, how it is counted, and who says that we may ship it. A total with a missing answer is no total.',
  groups: [
    { title: 'Instruments', rules: Object.values(instruments).map(instrumentRule) },
    askedWhen,
    { title: 'Which score counts for what', rules: [
      { id: baselineDays.id, says: `A score up to ${baselineDays.value} days before the first dose is the baseline.`, ...from(baselineDays) },
      { id: dayAfter.id, says: `What is asked after a dose is open from day ${dayAfter.fromDay} to day ${dayAfter.toDay} after it.`, ...from(dayAfter) },
      { id: between.id, says: `Where no dose and no follow-up asks, every ${between.everyDays} days.`, lines: ['It keeps clear of both by the days that the form rests.'], ...from(between) },
      { id: followUpWindows.id, says: `A follow-up score counts for its day within these limits: ${listed(followUpWindows.windows.map(({ day, plusMinusDays }) => `day ${day} ± ${plusMinusDays}`))}.`, ...from(followUpWindows) },
    ] },
  ],
}

export const outcomesChapter: Chapter = {
  id: 'outcomes', title: 'What counts as better, and as a relapse', intro: 'Words such as response, remission and relapse mean exactly this here, and figures published elsewhere are read with it in mind.',
  groups: [{ title: 'Outcomes', rules: [
    ...changes.map((row): BookRule => ({ id: row.id, says: `${nameOf(row.instrument)}: a fall of ${row.responsePercent} percent is a response, ${row.partialPercent} percent a partial one; below ${row.remissionBelow} after a response is remission. Neither is said where the first score was below ${row.caseFrom}.`, lines: [`A change of ${row.reliablePoints} points is more than chance; from ${row.caseFrom} to below it, that is recovery.`], ...from(row) })),
    { id: traumaRow.id, says: `PCL-5: ${traumaRow.meaningfulPoints} points are a meaningful change, ${traumaRow.reliablePoints.join(' to ')} a reliable one, and ${traumaRow.clinicallySignificantAtMost} or less a clinically significant end.`, ...from(traumaRow) },
    { id: madrsRow.id, says: `MADRS: a fall of ${madrsRow.responsePercent} percent is a response; remission is at most ${madrsRow.remissionAtMost.join(' or ')}.`, ...from(madrsRow) },
    { id: qidsRow.id, says: `QIDS-SR16: a fall of ${qidsRow.responsePercent} percent is a response, ${qidsRow.noBenefitAtMostPercent} percent or less is no meaningful benefit.`, ...from(qidsRow) },
    { id: baselineRow.id, says: `Change is counted from the last complete score within ${baselineRow.withinDays} days before the first dose.`, ...from(baselineRow) },
    { id: relapseRow.id, says: `Relapse on ${nameOf(relapseRow.instrument)}: ${relapseRow.fromScore} or more and less than ${relapseRow.improvementBelowPercent} percent better than the baseline, borne out by a second score ${relapseRow.confirmedAfterDays} days or more later.`, ...from(relapseRow) },
    { id: warningRow.id, says: `A rise of ${warningRow.risePoints} points, or a new answer to item ${warningRow.item.replace('q', '')}, is a warning: somebody calls within ${warningRow.contactWithinDays} days.`, ...from(warningRow) },
    { id: maintenanceRow.id, says: `Maintenance is proposed at intervals of ${listed(maintenanceRow.ladderDays.map(String))} days: the next wider one after ${maintenanceRow.stableVisits} scores no more than ${maintenanceRow.stableRisePoints} points above the one before, the next closer one on a warning.`, lines: [`More than ${maintenanceRow.afterDays} days after the first dose at most ${count(maintenanceRow.maxDosesPerSevenDays, 'dose')} in any seven days. After ${maintenanceRow.reviewDoses} doses or ${maintenanceRow.reviewDays} days these are reviewed: ${listed(maintenanceRow.reviews)}.`], ...from(maintenanceRow) },
  ] }, ...outcomeLibrary],
}

const partNames: Record<keyof typeof matching.weights, string> = { condition: 'what they come with', approach: 'ways of working', place: 'place', time: 'times', language: 'language', soon: 'time this week', room: 'room for another course' }

export const deskChapter: Chapter = {
  id: 'desk', title: 'At the desk', intro: 'How people are matched, how long a call takes, and what an estimate holds.',
  groups: [{ title: 'Desk', rules: [
    { id: matching.id, says: `A match is weighed by ${listed(Object.entries(matching.weights).map(([part, points]) => `${partNames[part as keyof typeof matching.weights]} (${points})`))}. What the person left open weighs nothing.`, lines: ['Nobody is left out for a language.'], ...from(matching) },
    { id: callLength.id, says: `The first call takes ${callLength.minMinutes} to ${callLength.maxMinutes} minutes.`, ...from(callLength) },
    { id: estimateRules.id, says: `Billed ${showMoney(estimateRules.disputeCents)} or more above the estimate, the person may dispute the bill.`, lines: [`Arranged and billed separately: ${listed(estimateRules.separate.map((id) => estimateRules.names[id].toLowerCase()))}.`], ...from(estimateRules) },
  ] }],
}
