import { proposed, recalled } from '../figures.ts'
import { statement } from '../statement.ts'

/** When an effect is an event to report, and to whom. */
export const seriousEvents = [
  statement('serious.what', recalled('P'), 'Serious is what leads to death, threatens life, brings somebody to hospital or keeps them there, disables, harms an unborn child, or needed medicine or a procedure to avert one of these.', 'Some effects are serious, and are always reported.', 'Algunos efectos son graves y siempre se notifican.'),
  statement('serious.expected', proposed('S35'), 'Dissociation, dizziness, nausea, a rise of pressure, changed perception and sedation are expected while the medicine works. They become events to report from grade 3 on, when they outlast the session, or when they needed a medicine.', 'Feeling detached, dizzy, sick or sleepy is common in a session, and is written down.', 'Sentirse ajeno, mareado, con náuseas o con sueño es común en una sesión y se anota.'),
  statement('serious.medwatch', recalled('P'), 'A practice may report to the FDA by its voluntary form.', 'The practice can tell the FDA.', 'El consultorio puede avisar a la FDA.'),
  statement('serious.rems', recalled('S11'), 'With esketamine serious events go onto the monitoring form of its safety program.', 'With the spray, serious effects go to its safety program.', 'Con el aerosol, los efectos graves van a su programa de seguridad.'),
  statement('serious.hypertension-grade', proposed('S35'), 'The standard calls 120/80 grade 1 already: a passing value is shown with its grade and alarms nobody.', 'A slightly raised pressure is noted, and is no alarm.', 'Una presión algo elevada se anota y no es una alarma.'),
  statement('serious.alt', proposed('S35'), 'The grade of a raised ALT follows its multiple of the upper limit: up to 3, up to 5, up to 20, above. Screening reads the same multiple (O07, H07).', 'Liver tests are graded by how far they lie above the usual.', 'Las pruebas del hígado se gradúan según cuánto superan lo habitual.'),
] as const
