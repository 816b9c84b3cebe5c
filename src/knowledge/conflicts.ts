import { proposed, recalled, seen } from './figures.ts'
import type { Figure } from '../core/course/protocol.ts'
import { statement, type Statement } from './statement.ts'

/** Where sources disagree: what each says, what holds here, and why. */
export interface Conflict extends Statement {
  readonly sides: readonly [string, string]
  readonly holds: string
  readonly because: string
}
const conflict = (id: string, basis: Figure, topic: string, one: string, other: string, holds: string, because: string, plainly: string, spanish: string): Conflict => ({
  ...statement(`conflict.${id}`, basis, topic, plainly, spanish), sides: [one, other], holds, because,
})

export const conflicts = [
  conflict('lamotrigine', seen('S15', 'S13'), 'Lamotrigine', 'A guideline lets it go on without comment.', 'A review holds that it probably lowers the effect.', 'It goes on, and a caution notes it (C04).', 'Stopping a mood stabilizer is the greater risk.', 'Keep taking your medicine.', 'Siga tomando su medicamento.'),
  conflict('decongestant', recalled('S15', 'S12'), 'Remedies for colds', 'A guideline lets them go on.', 'The label, from memory, warns of what raises pressure.', 'None on the day of a session.', 'Nobody needs one on that day so much.', 'No cold remedy on the day.', 'Nada para el resfriado ese día.'),
  conflict('dose-and-dissociation', seen('S2', 'S50'), 'Whether a deeper experience helps more', 'A page claims that more and stronger works better.', 'With esketamine dissociation did not foretell the effect in 576 people.', 'No rule raises a dose for the sake of dissociation.', 'A study outweighs a page.', 'Deeper is not better.', 'Más profundo no es mejor.'),
  conflict('dosing-weight', seen('S7'), 'Which weight a dose is computed with', 'The trials used the actual weight.', 'The consensus suggests the ideal weight from a body mass index of 30.', 'Ideal from 30 on; never the actual weight there.', 'It is the lower dose.', 'The prescriber chooses the weight for your dose.', 'Quien receta elige el peso para su dosis.'),
  conflict('bmi', seen('S50'), 'Whether the body mass index foretells the effect', 'It did not in 230 people of everyday practice.', 'A trial, looked at afterwards, found more effect with a higher one.', 'No rule uses it for that.', 'The findings contradict each other.', 'Your weight does not tell how much it helps.', 'Su peso no dice cuánto ayuda.'),
  conflict('home', seen('S19', 'S39'), 'Ketamine at home', 'A seller’s study reports good results.', 'The FDA warns of it.', 'Switched off as it ships.', 'Nobody is there when breathing slows.', 'Not at home here.', 'Aquí no se da en casa.'),
  conflict('past-psychosis', proposed('S1'), 'Psychosis in the past', 'A practice says to avoid it.', 'Elsewhere it is decided case by case.', 'A prescriber’s signed reason (O01); a practice may make it a block.', 'The people differ too much for one rule.', 'A prescriber thinks it through with you.', 'Quien receta lo piensa con usted.'),
  conflict('substance-use', seen('S1', 'S2', 'S19', 'S16', 'S17'), 'Substance use now', 'Two practices and a home study exclude it.', 'Trials treat alcohol and heroin use with it.', 'A hold (H03), but for alcohol under the course made for it.', 'Those trials had detoxification or abstinence first.', 'There is a course of its own for alcohol.', 'Para el alcohol hay un programa propio.'),
  conflict('suicidality', seen('S1', 'S36', 'S11'), 'Thoughts of suicide', 'A practice excludes an acute crisis.', 'Trials and a label treat it.', 'Outpatients are held (H02); a course for it ships switched off.', 'It asks for care at every hour.', 'In danger your safety comes first.', 'Si corre peligro, su seguridad va primero.'),
  conflict('pressure-peak', seen('S10'), 'A high pressure without symptoms', 'Older habit is to treat it.', 'A paper argues against overtreating what passes by itself.', 'The prescriber is called; no medicine by itself.', 'Most rises pass within hours.', 'A passing rise is watched.', 'Una subida pasajera se vigila.'),
  conflict('esketamine-share', seen('S11', 'S29'), 'How much of the spray arrives', '48 percent, in a copy of label text.', '54 percent through the nose, in the model.', 'The model’s figure, in curves alone.', 'Only the model is complete.', 'Not all of the spray arrives.', 'No llega todo el aerosol.'),
  conflict('madrs-remission', seen('S24', 'S34'), 'Remission on the MADRS', '10 or less.', '12 or less.', 'Both are computed; the practice chooses, and it is stored.', 'Published figures use both.', 'Being well is counted in two ways.', 'Estar bien se cuenta de dos maneras.'),
  conflict('pregnancy-interval', proposed('S1', 'S11'), 'How often a pregnancy test is made', 'Monthly during treatment.', 'At most seven days old at every dose.', 'The gate asks for seven days at every dose.', 'The stricter of the two holds.', 'A test before each session.', 'Una prueba antes de cada sesión.'),
  conflict('inhibitors', proposed('S14'), 'Starting dose with an inhibitor of CYP3A4 or CYP2B6', 'Lower by 25 to 50 percent.', 'A third by mouth, half under the tongue, after a safety review.', 'A third and a half.', 'The review came later and is stricter.', 'The first dose is smaller with some medicines.', 'Con algunos medicamentos la primera dosis es menor.'),
] as const satisfies readonly Conflict[]
