import { course } from './course.ts'
import { proposed, recalled, rule, seen } from '../figures.ts'

const threeHours = { durationMin: 180, roomMin: 210 } as const

/** Programs of practices and clinics, and the product's own template. */
export const openKapDefault = course({
  id: 'openkap-default', name: 'The house’s own template', says: 'An intake, a medical visit, three preparation visits and six medicine sessions, each followed by a visit to make sense of it, with a look back for half a year.',
  routes: ['SL', 'IM', 'IV', 'PO'], preparation: 3, medicine: { count: 6, ...threeHours, gapDays: { min: 2, max: 7 } }, perSevenDays: 2, reviewAfterMedicine: [2, 4, 6],
  followUpDays: [7, 14, 28, 56, 84, 180], followUpWindowDays: [3, 4, 7, 7, 10, 21],
  figures: { 'preparation.count': proposed('S1'), 'medicine.count': proposed('S1') },
  rules: [rule('watching', 'Watched for two hours after the last dose, whichever the route, as the rules for going home say.', proposed('S7'))],
})

export const dore2019 = course({
  id: 'dore-2019', name: 'Lozenges first, then injections', says: 'A few gentle sessions with a lozenge to learn how it feels, then stronger ones by injection if you and your team want them.',
  routes: ['SL', 'IM'], preparation: 1, medicine: { count: 6, ...threeHours, gapDays: { min: 2, max: 14 } }, perSevenDays: 2, reviewAfterMedicine: [1, 2, 3, 4, 5, 6],
  figures: { 'medicine.count': proposed('S3'), 'medicine.durationMin': recalled('S3'), 'maintenance.durationMin': recalled('S3') },
  rules: [
    rule('dose.SL', 'As read: lozenges of 100 to 400 mg, dissolving, in units of 50 and 100 mg.', seen('S4')),
    rule('dose.IM', 'By injection 40 to 130 mg, from memory.', recalled('S3')),
    rule('trial', 'One to three sessions under the tongue at a low dose come first.', recalled('S3')),
    rule('later', 'How many injections follow is decided one by one; six sessions in all are our template.', proposed('S3')),
    rule('home', 'The practices also gave lozenges at home with a guide by video. That part is switched off here.', seen('S4')),
  ],
})

export const awaknOslo = course({
  id: 'awakn-oslo', name: 'Four sessions in eight weeks', says: 'Four medicine sessions in eight weeks, with eleven hours of therapy around them.',
  routes: ['IM'], preparation: 2, medicine: { count: 4, ...threeHours, gapDays: { min: 7, max: 14 } }, perSevenDays: 1, reviewAfterMedicine: [2, 4],
  figures: { 'medicine.count': seen('S18'), 'medicine.gapDays': proposed('S18'), 'spacing.maxDosesPerSevenDays': proposed('S18') },
  rules: [
    rule('course', 'Eight weeks, four sessions with medicine, eleven hours of therapy.', seen('S18')),
    rule('departs', 'How it was given was not read; an injection is our choice. The lengths of visits are ours.', proposed()),
  ],
})

export const hanya6 = course({
  id: 'hanya-6', name: 'Two visits of orientation and six sessions', says: 'Two visits to get to know the work, six medicine sessions in three weeks, and a look back at the end.',
  routes: ['IM', 'SL'], preparation: 2, medicine: { count: 6, ...threeHours, gapDays: { min: 2, max: 4 } }, perSevenDays: 2, reviewAfterMedicine: [2, 4, 6],
  figures: { 'preparation.count': seen('S50'), 'gates.preparationVisits': proposed('S50'), 'medicine.count': seen('S50'), 'spacing.maxDosesPerSevenDays': proposed('S50') },
  rules: [
    rule('course', 'A program’s page: two orientations, six sessions in three weeks, one integration.', seen('S50')),
    rule('departs', 'Here an integration visit follows each dose, not one at the end alone. How it was given was not read; the routes are ours.', proposed()),
  ],
})

export const hullHomeSl = course({
  id: 'hull-home-sl', name: 'Lozenges at home with a guide by video', says: 'Four sessions in four weeks with a lozenge at home, an adult beside you and a guide by video.',
  routes: ['SL'], preparation: 1, medicine: { count: 4, durationMin: 180, roomMin: 210, gapDays: { min: 5, max: 9 } }, perSevenDays: 1, reviewAfterMedicine: [1, 2, 4],
  figures: { 'medicine.count': seen('S19'), 'medicine.gapDays': proposed('S19'), 'spacing.maxDosesPerSevenDays': proposed('S19'), minimumAgeYears: seen('S19') },
  rules: [
    rule('dose', 'As read: 300 to 450 mg in dissolving tablets, at first about 5 mg/kg. The upper end is above the limit of the dose table.', seen('S19')),
    rule('guide', 'A guide by video for 30 minutes before and 30 after; eight hours kept free; an adult in the home throughout.', seen('S19')),
    rule('prescriber', 'The prescriber spoke with the person before the course, and one to two days after the first dose.', seen('S19')),
    rule('scores', 'PHQ-9 and GAD-7 at the beginning and after the second and fourth session; C-SSRS, AUDIT and DAST-10 at the beginning; three items on dissociation at each.', seen('S19')),
    rule('exclusions', 'Left out were: allergy to ketamine, dependence now, opioid use disorder ever, psychosis or mania ever, heart disease not controlled, pregnancy or nursing, recent suicidal intent or attempt.', seen('S19')),
    rule('alert', 'The FDA warned of compounded ketamine taken at home in 2023, after a person’s breathing slowed there.', seen('S39')),
    rule('gates', 'The gates of a session are the same everywhere: two people checked in and every reading taken. Whoever adopts this course sends two people to the home, or gives it in the practice.', proposed()),
  ],
  heldBack: 'The FDA warned of compounded ketamine at home, and no session here starts without two people and every reading.',
})
