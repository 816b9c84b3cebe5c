import { course } from './course.ts'
import { proposed, recalled, rule, seen } from '../figures.ts'

const sprayRoom = { durationMin: 150, roomMin: 180, staff: [{ role: 'therapist', count: 1 }, { role: 'monitor', count: 1 }], gapDays: { min: 2, max: 5 } } as const

/** What the label asks for around every dose, whichever the indication. */
const aroundEachDose = [
  rule('device', 'A device holds 28 mg in two sprays; five minutes lie between one device and the next.', seen('S11')),
  rule('before', 'No food for 2 hours and no drink for 30 minutes before; a nasal steroid or decongestant at least an hour before. Pressure is assessed first.', seen('S11')),
  rule('pressure', 'Above 140 systolic or 90 diastolic the benefit is weighed against the risk.', recalled('S11')),
  rule('after', 'Pressure at about 40 minutes, at least two hours of observation, saturation, no driving until the next day after sleep, and somebody to go home with.', seen('S11')),
  rule('contraindications', 'Aneurysm or malformation of vessels, a bleed in the brain at any time, hypersensitivity: see B01, B02 and B03.', seen('S11')),
  rule('program', 'Given only in a certified setting, to people who are enrolled, with a prescriber on site.', seen('S11')),
  rule('records', 'The safety program keeps an enrollment form, a form for each session (dose, pressure, sedation, dissociation, serious events) and the setting’s certificate.', recalled('S11')),
  rule('departs', 'Integration after each dose is added here; the label names none.', proposed()),
] as const

export const spravatoTrd = course({
  id: 'spravato-trd', name: 'Esketamine nasal spray, for depression that has not lifted', says: 'A nasal spray twice a week for four weeks, then a look at whether it helps, and after that no more often than it takes to keep what was gained.',
  routes: ['IN-esketamine'], preparation: 1, medicine: { count: 8, ...sprayRoom }, perSevenDays: 2, reviewAfterMedicine: [4, 8],
  figures: { 'medicine.count': seen('S11'), 'spacing.maxDosesPerSevenDays': seen('S11') },
  rules: [
    rule('dose', 'As on the label: 56 mg on the first day, then 56 or 84 mg. The order is the prescriber’s.', seen('S11')),
    rule('gate', 'At the end of the fourth week the benefit is judged before anybody goes on.', seen('S11')),
    rule('early-maintenance', 'Weeks 5 to 8: once a week, four doses, planned one at a time as maintenance.', seen('S11')),
    rule('maintenance', 'From week 9: every week or every second week, the least often that keeps the response.', seen('S11')),
    rule('older', 'From 65 years a foreign label begins with 28 mg in steps of 28; the United States label was not seen to say so.', seen('S11')),
    rule('alone', 'Since January 2025 also without another antidepressant.', recalled('S11')),
    ...aroundEachDose,
  ],
})

export const spravatoMdsi = course({
  id: 'spravato-mdsi', name: 'Esketamine nasal spray, with thoughts of suicide', says: 'A nasal spray twice a week for four weeks beside close care, for people in a depression with thoughts of suicide.',
  routes: ['IN-esketamine'], preparation: 1, medicine: { count: 8, ...sprayRoom }, perSevenDays: 2, reviewAfterMedicine: [2, 4, 6, 8],
  figures: { 'medicine.count': seen('S11'), 'spacing.maxDosesPerSevenDays': seen('S11') },
  rules: [
    rule('dose', 'As on the label: 84 mg, lowered to 56 if it is not tolerated. The order is the prescriber’s.', seen('S11')),
    rule('gate', 'After four weeks the benefit is judged before anybody goes on.', seen('S11')),
    rule('hold', 'A high suicide screen holds every dose in this product (H02), also here: this course asks for a hospital or a service that can answer at every hour.', proposed()),
    ...aroundEachDose,
  ],
  heldBack: 'It is for people in acute danger, and an outpatient practice holds every dose while a suicide screen is high.',
})
