import { course } from './course.ts'
import { proposed, recalled, rule, seen } from '../figures.ts'

/** Ketamine with therapy for alcohol and heroin. */
export const kareAud = course({
  id: 'kare-aud', name: 'Three infusions with relapse prevention, for alcohol', says: 'Three infusions some weeks apart, and therapy that helps you stay away from alcohol.',
  routes: ['IV'], preparation: 2, medicine: { count: 3, durationMin: 180, roomMin: 210, gapDays: { min: 7, max: 21 } }, integrationMin: 90, perSevenDays: 1, reviewAfterMedicine: [1, 2, 3],
  followUpDays: [90, 180], followUpWindowDays: [10, 21],
  figures: { 'medicine.count': seen('S17'), 'medicine.gapDays': seen('S17'), 'integration.durationMin': seen('S17'), followUpDays: seen('S17'), 'spacing.maxDosesPerSevenDays': proposed('S17') },
  rules: [
    rule('dose', 'As read: 0.8 mg/kg over 40 minutes. The order is the prescriber’s.', seen('S17')),
    rule('visits', 'Seven visits of therapy of 90 minutes; the infusions were at the second, fourth and sixth.', seen('S17')),
    rule('gate', 'At least 24 hours without alcohol before the start; H08 asks again at every session.', seen('S17')),
    rule('therapy', 'Relapse prevention that draws on mindfulness.', seen('S17')),
    rule('departs', 'The visits of therapy are planned here as preparation and as integration after each dose.', proposed()),
  ],
})

export const krupitskyKpt = course({
  id: 'krupitsky-kpt', name: 'Ketamine psychedelic therapy for alcohol or heroin, in hospital', says: 'One to three sessions a month apart, in hospital and after detoxification, with many hours of therapy around them.',
  routes: ['IM'], preparation: 5, medicine: { count: 3, countRange: [1, 3], durationMin: 120, roomMin: 210, gapDays: { min: 28, max: 35 } }, integrationMin: 300, perSevenDays: 1, reviewAfterMedicine: [1, 2, 3],
  figures: {
    'medicine.count': seen('S16'), 'medicine.countRange': seen('S16'), 'medicine.gapDays': seen('S16'), 'medicine.durationMin': recalled('S16'), 'maintenance.durationMin': recalled('S16'), 'preparation.count': recalled('S16'),
    'gates.preparationVisits': recalled('S16'), 'integration.durationMin': recalled('S16'), 'integration.countRange': proposed('S16'),
  },
  rules: [
    rule('dose', 'As read: 2.0 mg/kg into a muscle, against 0.2 as a control. That is above the limit of the dose table, which refuses it.', seen('S16')),
    rule('setting', 'In hospital, after detoxification.', seen('S16')),
    rule('preparation', 'Five to ten hours of therapy beforehand.', recalled('S16')),
    rule('integration', 'About five hours afterwards, in a group.', recalled('S16')),
    rule('felt', 'The experience lasts about an hour.', seen('S16')),
  ],
  heldBack: 'It is a hospital program, and its dose lies above what the dose table lets anybody order.',
})
