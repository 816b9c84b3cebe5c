import { recalled, seen } from './figures.ts'
import { statement } from './statement.ts'

/** United States rules that shape features. Facts for a practice’s lawyer to check; nothing here is advice. */
export const law = [
  statement('law.schedule', seen('S11', 'S12'), 'Ketamine and esketamine are in Schedule III.', 'It is a controlled medicine.', 'Es un medicamento controlado.'),
  statement('law.stock', seen('S41'), 'Records are kept for each registered place, with the actual dates of receiving, giving and destroying. A running balance is not asked for by the rule; this product proves one all the same.', 'Every bit of medicine is accounted for.', 'Se rinde cuenta de todo el medicamento.'),
  statement('law.stock-details', recalled('S41'), 'A count at the beginning and at least every two years, records for two years, a loss told in writing within one business day.', 'Losses are reported.', 'Las pérdidas se notifican.'),
  statement('law.signature', seen('S41'), 'A signature shows the printed name, the date and time, and what it means. A clinic is bound by this only for trials; here it holds for everything that is signed.', 'You see what you signed, and when.', 'Usted ve qué firmó y cuándo.'),
  statement('law.telehealth', seen('S42'), 'Controlled medicines may be prescribed by telehealth without an earlier visit in person through 31 December 2026. Afterwards a visit in person or an exception is needed; states may be stricter.', 'You may have to see a prescriber in person.', 'Quizá tenga que ver en persona a quien receta.'),
  statement('law.substance-records', seen('S43'), 'Records of substance use treatment in programs under 42 CFR Part 2 are held more tightly, with full compliance from 16 February 2026. Whether a practice is such a program is decided with its lawyer.', 'Some records about substances are protected further.', 'Algunos datos sobre sustancias tienen más protección.'),
  statement('law.therapy-notes', seen('S44'), 'Psychotherapy notes are kept apart. Doses, readings, scores, times, diagnosis, plan and progress never stand in them.', 'Your therapist’s private notes are kept apart.', 'Las notas privadas de su terapeuta se guardan aparte.'),
  statement('law.estimate', seen('S45'), 'Whoever pays alone gets an estimate of everything that can be expected; from $400 above it a bill can be disputed.', 'You get the whole price beforehand.', 'Recibe el precio completo de antemano.'),
  statement('law.software', seen('S46'), 'The product shows rules with their inputs, basis and limits to clinicians, who decide. It takes in no waveform, raises no alarm in place of the monitor at the bedside, tells no patient a verdict and applies no dose.', 'A person decides, not the program.', 'Decide una persona, no el programa.'),
  statement('law.fda', seen('S39'), 'Ketamine is approved for no psychiatric disorder. The FDA names sedation, dissociation, psychiatric events, misuse, pressure, slowed breathing and the bladder as risks of compounded ketamine.', 'This use is not approved by the FDA.', 'Este uso no está aprobado por la FDA.'),
  statement('law.opinions', seen('S8', 'S9'), 'An international group and a Canadian task force wrote on ketamine for depression. Only their abstracts were read; no figure here stands on them.', 'Experts have written on it, with care.', 'Hay expertos que han escrito sobre ello con cautela.'),
] as const
