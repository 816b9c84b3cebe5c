import { describeTest, symptomName } from '../../../../core/session/describe.ts'
import { dischargeRuleIds } from '../../../../core/session/discharge-rows.ts'
import type { AlertRow, PreDoseRule, ScheduleRow } from '../../../../core/session/rows.ts'
import { comfortMeasures } from '../../../../knowledge/comfort.ts'
import { discharge } from '../../../../knowledge/discharge.ts'
import { effects } from '../../../../knowledge/effects.ts'
import { emergencyCards, emergencyRoles } from '../../../../knowledge/emergency.ts'
import { monitoring } from '../../../../knowledge/monitoring.ts'
import { events, gatesOfTheDay, goneHome, kitAndPlace, mentalScales, recovery, sideEffects } from './library.ts'
import { count, from, listed, sentence, type BookRule, type Chapter } from './rule.ts'

const levelNames = { yellow: 'Caution', orange: 'Call', red: 'Emergency' } as const
const gateNames: Readonly<Record<PreDoseRule['gate'], string>> = { caution: 'Caution', hold: 'Not now', no_dose: 'No dose today' }
const { preDose, gates, reading, clearing, escalation, deepSedation, hold } = monitoring

const preDoseRule = (row: PreDoseRule): BookRule => ({
  id: row.id, says: sentence(row.says), ...from(row), ...(row.when ? { when: sentence(describeTest(row.when)) } : {}),
  lines: [`${gateNames[row.gate]}. ${row.overridable ? 'A prescriber may go on with a written reason.' : 'No reason goes past it.'}`],
})

const alertRule = (row: AlertRow): BookRule => ({
  id: row.id, says: sentence(row.name), ...from(row),
  lines: [
    ...(['yellow', 'orange', 'red'] as const).flatMap((level) => { const test = row.levels[level]; return test ? [`${levelNames[level]}: ${describeTest(test, row.unit)}.`] : [] }),
    ...(row.lowers ? [`Lowered from ${levelNames[row.lowers.from].toLowerCase()} to ${levelNames[row.lowers.to].toLowerCase()} while ${describeTest(row.lowers.while)}.`] : []),
  ],
})

const scheduleRule = ({ route, beforeMin, fromStartMin, infusion, thenEveryMin, continuous, ...row }: ScheduleRow): BookRule => ({
  id: row.id, ...from(row),
  says: `${route}: readings ${listed(beforeMin.map((minutes) => `${-minutes}`))} minutes before, then ${listed(fromStartMin.map(String))} minutes after the start, and every ${thenEveryMin} minutes after that.`,
  lines: [...(infusion ? [`During the infusion every ${infusion.everyMinUntilEnd} minutes, and ${listed(infusion.fromEndMin.map(String))} minutes after its end.`] : []), `${continuous}.`],
})

const minutesOrHours = (minutes: number) => (minutes % 60 === 0 ? count(minutes / 60, 'hour') : `${minutes} minutes`)

export const sessionDay: Chapter = {
  id: 'session-day', title: 'Before a dose', intro: 'What stops a dose on the day itself. The numbers stand here and nowhere in the program.',
  groups: [
    { title: 'Readings that stop a dose', rules: preDose.rules.map(preDoseRule) },
    {
      title: 'What has to be so', rules: [
        { id: preDose.id, says: `Pressure is judged by the mean of ${count(preDose.pressureReadings, 'reading')} at least ${preDose.apartMin} minutes apart, none older than ${preDose.notOlderMin} minutes.`, lines: [`Read again after ${listed(preDose.recheckMin.caution.map(String), 'or')} minutes at caution, and after ${listed(preDose.recheckMin.hold.map(String), 'or')} when it has to wait.`], ...from(preDose) },
        { id: gates.id, says: `At least ${count(gates.fewestPeople, 'person', 'people')} are there; a pregnancy test counts ${gates.pregnancyTestDays} days where pregnancy is possible; consent counts ${gates.consentDays} days.`, lines: [`A prescriber is in the building for: ${gates.prescriberOnSite.join(', ')}.`], ...from(gates) },
        { id: gates.kit.id, says: `A look through the emergency kit counts ${gates.kit.withinHours} hours; everything on its list is there and in date.`, ...from(gates.kit) },
        { id: gates.prescriber.id, says: `The prescriber of a session answers within ${gates.prescriber.answersWithinSec} seconds for as long as it lasts.`, lines: [`From within the building for: ${gates.prescriber.onSite.join(', ')}.`], ...from(gates.prescriber) },
        ...Object.entries(gates.fasting).map(([route, row]): BookRule => ({ id: `gates.fasting.${route}`, says: `${route}: ${row.says}`, lines: [`Counted as ${minutesOrHours(row.foodMin)} after food and ${minutesOrHours(row.fluidMin)} after fluids.`], ...from(gates) })),
      ],
    },
    gatesOfTheDay,
  ],
}

export const watching: Chapter = {
  id: 'watching', title: 'While the medicine works', intro: 'When readings are due, what raises an alert, who is told, and what is done. Levels differ by shape and word as well as by color.',
  groups: [
    { title: 'Alerts', rules: monitoring.alerts.map(alertRule) },
    { title: 'What follows', rules: monitoring.responses.map((row): BookRule => ({ id: row.id, says: `${levelNames[row.level]}: ${row.says}`, lines: row.steps.map(sentence), ...from(row) })) },
    { title: 'What stops the next dose meanwhile', rules: [{ id: hold.id, says: `New facts that reopen the clearance, a clearance taken back or a consent taken back: ${levelNames[hold.level].toLowerCase()}. ${hold.says}`, lines: hold.steps.map(sentence), ...from(hold) }] },
    { title: 'Readings', rules: [
      ...monitoring.schedules.map(scheduleRule),
      { id: reading.id, says: `Values within ${reading.togetherMin} minutes are one reading; it may be taken ${reading.earlyMin} minutes early; after an alert it is due every ${reading.afterAlertEveryMin} minutes.`, ...from(reading) },
      { id: clearing.id, says: `An alert clears after ${count(clearing.readings, 'reading')} below it, at least ${clearing.apartMin} minutes apart.`, ...from(clearing) },
      { id: escalation.id, says: `${listed(escalation.levels.map((level) => levelNames[level]))} go to the next circle of people after ${listed(escalation.afterSec.map(String))} seconds without an answer; a prescriber answers within ${escalation.prescriberAnswersWithinSec} seconds.`, ...from(escalation) },
      { id: deepSedation.id, says: `Deep sedation is ${deepSedation.expected ? 'expected' : 'not expected'} here. It asks for: ${deepSedation.asks.toLowerCase()}.`, ...from(deepSedation) },
    ] },
    { title: 'Side effects', rules: [{ id: effects.reporting.id, says: `An expected effect becomes a report from grade ${effects.reporting.fromGrade} on, or when it outlasts the session or needs medicine; from grade ${effects.reporting.seriousFromGrade} it is serious.`, lines: [`The picker has ${effects.terms.length} terms: ${effects.terms.map(({ label }) => label.toLowerCase()).join('; ')}.`], ...from(effects.reporting) }] },
    sideEffects,
    events,
    mentalScales,
    { title: 'Comfort', rules: comfortMeasures.map((row): BookRule => ({ id: row.id, says: `${row.label}: ${row.how}`, ...('needs' in row ? { lines: ['Only where touch was agreed to beforehand.'] } : {}), ...from(row) })) },
  ],
}

export const emergencies: Chapter = {
  id: 'emergencies', title: 'Emergency cards', intro: 'What to do first, step by step. A medical director checks every line before anybody relies on it.',
  groups: [{ title: 'Cards', rules: emergencyCards.map((card): BookRule => ({
    id: card.id, says: sentence(card.title), ...from(card), ...(card.opensOn.symptoms.length > 0 ? { when: sentence(`Opens by itself on ${listed(card.opensOn.symptoms.map(symptomName), 'or')}`) } : {}),
    lines: [...card.steps.map(({ says }) => says), ...('timers' in card ? card.timers.map(({ afterMin, says }) => `After ${count(afterMin, 'minute')}: ${says}`) : []), ...card.onOrder.map((says) => `On a prescriber’s order: ${says}`)],
  })) }, { title: 'Who does what', rules: emergencyRoles.map((row): BookRule => ({ id: row.id, says: `${row.says}.`, ...from(row) })) }, ...kitAndPlace],
}

export const goingHome: Chapter = {
  id: 'going-home', title: 'Going home', intro: 'All thirteen have to be met. What is missing is listed, and two people sign.',
  groups: [
    { title: 'The thirteen', rules: dischargeRuleIds.map((id): BookRule => ({ id, says: sentence(discharge[id].asks), lines: figuresOf(id), ...from(discharge[id]) })) },
    { title: 'Times', rules: [
      { id: discharge.fresh.id, says: `The last reading and the assessment are not older than ${discharge.fresh.notOlderMin} minutes.`, ...from(discharge.fresh) },
      { id: discharge.overdue.id, says: `The prescriber is told after ${discharge.overdue.prescriberAfterMin} minutes, and a transfer is thought about after ${discharge.overdue.transferAfterMin}.`, ...from(discharge.overdue) },
      { id: 'rescues', says: `Leaving waits after: ${listed(discharge.rescues.filter(({ waits }) => waits).map(({ name }) => name))}.`, lines: [`It does not wait after: ${listed(discharge.rescues.filter(({ waits }) => !waits).map(({ name }) => name))}.`], ...from(discharge.rescues[0]) },
    ] },
    recovery,
    goneHome,
  ],
}

/** The figures of the rules that have some. */
function figuresOf(id: (typeof dischargeRuleIds)[number]): string[] {
  const { D1, D2, D3, D4, D5, D7, D8, D12 } = discharge
  const figures: Partial<Record<typeof id, string[]>> = {
    D1: [...Object.entries(D1.minimum).map(([route, { minutes, from: since }]) => `${route}: ${minutes} minutes from the ${since === 'end' ? 'end of the infusion' : 'last dose'}.`), `${D1.afterRescueMin} minutes after a rescue that waits.`],
    D2: [`Systolic from ${D2.systolicAtLeast} to below ${D2.systolicBelow}, diastolic below ${D2.diastolicBelow} mmHg; between ${D2.atLeastPercentOfBaseline} and ${D2.atMostPercentOfBaseline} percent of the baseline, or at least ${D2.orSystolicAtLeast}.`],
    D3: [`Pulse ${D3.heartRate.join(' to ')}, breathing ${D3.respiratoryRate.join(' to ')} a minute, saturation ${D3.spo2AtLeast} % or more (or ${D3.orSpo2AtLeast} % and no more than ${D3.notBelowBaselineBy} below the baseline).`],
    D4: [`MOAA/S ${D4.moaaS}, RASS ${D4.rass.join(' to ')}.`],
    D5: [`Oriented to ${D5.orientation} of 4; dissociation (CADSS) at most ${D5.cadssAtMost}.`],
    D7: [`PADSS ${D7.padssAtLeast} or more, Aldrete ${D7.aldreteAtLeast} or more.`],
    D8: [`Quiet for ${D8.quietMin} minutes.`],
    D12: [`Integration within ${D12.integrationWithinHours} hours.`],
  }
  return figures[id] ?? []
}
