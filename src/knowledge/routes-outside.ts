import { recalled, proposed, seen } from './figures.ts'
import { statement } from './statement.ts'

/** Ways of giving that no order here can name. Rows, so that somebody who looks for them finds why. */
export const routesOutside = [
  statement('outside.IN-racemic', seen('S30', 'S39'), 'Racemic ketamine by nose: switched off. Of 10, 30 and 50 mg about 17, 13 and 11 percent arrived in one study, 25 to 50 elsewhere; felt after 5 to 10, strongest at 14 to 23, over after 45 to 60 minutes. The FDA warned of compounded nasal sprays in 2022.', 'Ketamine from a self-made nose spray is not given here.', 'Aquí no se da ketamina en aerosol nasal preparado.'),
  statement('outside.dose.IN-racemic', recalled('S39'), 'Were a medical director to adopt it: 25 to 50 mg, in steps of 25, a written reason above 50, refused above 75. No order can name this route until then.', 'It could only be given if the practice’s doctor took it up.', 'Solo podría darse si la dirección médica lo adoptara.'),
  statement('outside.SC', recalled('P'), 'Under the skin: 75 to 95 percent arrives; felt after 10 to 15, strongest at 20 to 30, over after 60 to 90 minutes. Not offered.', 'Not given under the skin here.', 'Aquí no se da bajo la piel.'),
  statement('outside.PR', recalled('S30'), 'By rectum about 30 percent arrives. Not offered.', 'Not given by this way here.', 'Aquí no se da por esta vía.'),
  statement('outside.anesthesia', seen('S12'), 'For contrast: anesthesia uses 1 to 4.5 mg/kg into a vein and 6.5 to 13 mg/kg into a muscle. An entry of that size is asked about as a slip.', 'Doses for surgery are many times larger.', 'Las dosis para cirugía son muchas veces mayores.'),
  statement('outside.lozenge', seen('S30'), 'A lozenge is held in the mouth for 10 to 15 minutes; the longer, the more arrives. What is swallowed arrives late. In one small study 32 percent arrived under the tongue and 23 swallowed, which is no sure difference.', 'Keep the lozenge in your mouth as long as you were told.', 'Mantenga la pastilla en la boca el tiempo indicado.'),
  statement('outside.older', seen('S11'), 'From 65 years a foreign label of esketamine begins with 28 mg. Nothing here does so by itself; the prescriber decides.', 'At an older age the first dose may be smaller.', 'A mayor edad, la primera dosis puede ser menor.'),
  statement('outside.home', proposed('S39', 'S19'), 'Lozenges at home: switched off. A program with good results and an alert of the FDA stand against each other.', 'Ketamine at home is not offered here.', 'Aquí no se ofrece ketamina en casa.'),
  statement('outside.curve', seen('S27', 'S28', 'S29'), 'A curve of the level in blood comes from models of populations. It is an estimate for a group, shown with a wide band, and nobody is dosed from it.', 'A drawn curve is a guess for many people, not a measurement of you.', 'Una curva dibujada es una estimación de muchas personas, no una medida de usted.'),
] as const
