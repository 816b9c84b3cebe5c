import { proposed, recalled, seen } from './figures.ts'
import { statement } from './statement.ts'

/** For whom the treatment is meant. These inform the intake; what decides stands in the eligibility rules, the catalogue of conditions and the protocol. */
export const inclusion = [
  statement('I1', seen('S11', 'S19', 'S49'), 'An adult of 18 years or older, by the date of birth. See B06.', 'You are 18 or older.', 'Tiene 18 años o más.'),
  statement('I2', recalled('S1', 'S2', 'S19'), 'A condition of the catalogue, found in an interview, with PHQ-9 of 10 or more, GAD-7 of 10 or more, or PCL-5 of 33 or more. The scores were seen in a trial; the codes are from memory.', 'What troubles you is something this treatment was studied for.', 'Lo que le preocupa es algo para lo que se ha estudiado este tratamiento.'),
  statement('I3', seen('S2', 'S49'), 'Treatment-resistant depression: at least two adequate trials of antidepressants in this episode. See C15.', 'For depression, two medicines were tried well before this one.', 'En la depresión, antes se probaron bien dos medicamentos.'),
  statement('I4', seen('S49'), 'Can decide, and has signed the consent. See B09.', 'You can decide freely, and you have signed.', 'Puede decidir libremente y ha firmado.'),
  statement('I5', seen('S12', 'S49'), 'Has a responsible adult to go home with. See O21.', 'An adult takes you home.', 'Una persona adulta le acompaña a casa.'),
  statement('I6', seen('S2'), 'Is in therapy with somebody, where the course asks for it.', 'You have a therapist who goes on seeing you.', 'Tiene terapeuta y seguirá viéndole.'),
  statement('I7', proposed(), 'Bipolar depression and the alcohol course are open only by their own rules: O02, C10, H08, C22.', 'Some conditions have a course or a rule of their own. Your team tells you which.', 'Algunos problemas tienen su propio programa o regla. Su equipo le dice cuál.'),
] as const
