import { course } from './course.ts'
import { proposed, recalled, rule, seen } from '../figures.ts'

const infusionRoom = { durationMin: 120, roomMin: 150, staff: [{ role: 'prescriber', count: 1 }, { role: 'monitor', count: 1 }] } as const
const clinicStaff = { 'medicine.staff.prescriber.count': proposed('S7'), 'medicine.staff.monitor.count': proposed('S7') }
const forty = (...cites: Parameters<typeof seen>) => rule('dose', 'As read: 0.5 mg/kg over 40 minutes. The order is the prescriber’s.', seen(...cites))
const surroundings = rule('departs', 'Preparation, integration after each dose, follow-ups and maintenance are added here; the source describes the doses and what was counted.', proposed())

/** Series of infusions, from trials and from the consensus statement. */
export const wilkinson2017 = course({
  id: 'wilkinson-2017', name: 'Four infusions with cognitive behavioral therapy beside them', says: 'Four infusions over two weeks, with talking therapy that begins at the same time and goes on for ten weeks.',
  routes: ['IV'], preparation: 2, medicine: { count: 4, ...infusionRoom, gapDays: { min: 3, max: 4 } }, perSevenDays: 2, reviewAfterMedicine: [2, 4],
  figures: { ...clinicStaff, 'medicine.count': seen('S5'), 'spacing.maxDosesPerSevenDays': seen('S5'), 'medicine.gapDays': proposed('S5') },
  rules: [forty('S5'), rule('therapy', 'Twelve sessions of cognitive behavioral therapy over ten weeks, the first at the time of the first infusion.', seen('S5')), surroundings],
})

export const wilkinson2021 = course({
  id: 'wilkinson-2021', name: 'Six infusions, then cognitive behavioral therapy', says: 'Six infusions over three weeks; if they help, talking therapy goes on for fourteen weeks to keep what was gained.',
  routes: ['IV'], preparation: 2, medicine: { count: 6, ...infusionRoom, gapDays: { min: 3, max: 4 } }, perSevenDays: 2, reviewAfterMedicine: [2, 4, 6],
  figures: { ...clinicStaff, 'medicine.count': seen('S6'), 'spacing.maxDosesPerSevenDays': seen('S6'), 'medicine.gapDays': proposed('S6') },
  rules: [
    forty('S6'), rule('gate', 'After the infusions: whoever improved on the MADRS by half or more goes on to the therapy.', seen('S6')),
    rule('therapy', 'Sixteen sessions of cognitive behavioral therapy over fourteen weeks.', seen('S6')), surroundings,
  ],
})

export const apaIv6 = course({
  id: 'apa-iv-6', name: 'Six infusions with medical monitoring', says: 'Six infusions over three weeks with a prescriber and a monitor beside you, and visits to make sense of each.',
  routes: ['IV'], preparation: 1, medicine: { count: 6, ...infusionRoom, gapDays: { min: 2, max: 4 } }, perSevenDays: 2, reviewAfterMedicine: [2, 4, 6],
  figures: { ...clinicStaff, 'medicine.count': seen('S22', 'S23'), 'spacing.maxDosesPerSevenDays': seen('S23') },
  rules: [
    rule('dose', 'As read: 0.5 mg/kg over 40 minutes, with the ideal weight from a body mass index of 30 on. The order is the prescriber’s.', seen('S7', 'S22', 'S23')),
    rule('alternative', 'A trial gave the six within 12 days, three in a week. Here two in a week are the limit until a medical director says otherwise.', seen('S22')),
    rule('staff', 'A clinician who may give this class of medicine, somebody trained in advanced life support in the building, and somebody who watches the mental state.', seen('S7')),
    rule('watching', 'Pressure, pulse, saturation and breathing before and all through the infusion; watched for 60 minutes after it, up to 120 by memory of the statement.', recalled('S7')),
    rule('urine', 'A urine screen at the beginning where misuse is suspected.', seen('S7')),
    rule('scores', 'PHQ-9 or MADRS at each session, and weekly afterwards.', proposed()),
    rule('stop', 'If more than one dose a week is still wanted after the second month, the reasons for going on are reviewed.', recalled('S7')),
    rule('departs', 'Integration after each dose is added here.', proposed()),
  ],
})

/** A practice’s page tells of such a course for long-lasting pain; nothing more of it was read than its length. */
export const painIv5 = course({
  id: 'pain-iv-5', name: 'Five days of infusions for long-lasting pain', says: 'An infusion on each of five days, for pain that has lasted, with visits to make sense of it afterwards.',
  routes: ['IV'], preparation: 1, medicine: { count: 5, ...infusionRoom, gapDays: { min: 1, max: 1 } }, integrations: 1, integrationBeforeNextDose: false, perSevenDays: 5, minHoursBetweenDoses: 20, reviewAfterMedicine: [1, 2, 3, 4, 5],
  figures: { ...clinicStaff, 'medicine.count': seen('S2'), 'medicine.gapDays': proposed('S2'), 'spacing.maxDosesPerSevenDays': proposed('S2') },
  rules: [
    rule('source', 'A practice’s page reports less pain in over half of the people in one study of five days. The study itself, its dose and its number of people were not found.', seen('S2')),
    rule('departs', 'Its doses lie closer together than the 48 hours of every other course here, above two in a week, and with one visit of integration after the last of them.', proposed()),
  ],
  heldBack: 'Five doses in five days break the spacing of every other course here, and its dose was read nowhere.',
})
