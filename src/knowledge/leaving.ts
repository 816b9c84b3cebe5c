import { proposed, seen } from './figures.ts'
import { statement } from './statement.ts'

/** Leaving before the thirteen rules are met, and what is arranged for the hours and days after a session. */
export const leaving = [
  statement('leaving.early', proposed(), 'Whoever wants to leave before the rules are met may: the risk is explained and signed or the refusal noted, the prescriber and the escort are called, somebody checks on the person that day, and it is recorded as an incident. It is not an emergency by itself.', 'You can always leave. We tell you the risk, call your escort, and check on you.', 'Siempre puede irse. Le explicamos el riesgo, llamamos a su acompañante y luego le llamamos.'),
  statement('leaving.consent', proposed(), 'Consent taken back ends dosing at once; the watching goes on.', 'If you say stop, no more medicine is given, and we stay with you.', 'Si dice basta, no se da más medicamento y nos quedamos con usted.'),
  statement('leaving.overnight', proposed(), 'An adult stays overnight, and the person is nobody’s only carer until the next day.', 'An adult stays with you for the night. Do not look after a child alone.', 'Una persona adulta se queda con usted esa noche. No cuide a un niño a solas.'),
  statement('leaving.driving', seen('S11', 'S49'), 'No driving and nothing dangerous until the next day after sleep, and at least 24 hours: the later of the two.', 'Do not drive until you have slept and a whole day has passed.', 'No conduzca hasta haber dormido y que pase un día entero.'),
  statement('leaving.means', proposed(), 'Access to means of suicide is asked about before going home, and a plan is made where there is one.', 'We ask what at home could be dangerous in a dark hour, and plan for it.', 'Preguntamos qué hay en casa que pueda ser peligroso en un mal momento y lo planeamos.'),
  statement('leaving.storage', proposed(), 'Lozenges at home are locked away and counted. They belong to the person and are never stock of the practice.', 'Medicine at home is locked away.', 'El medicamento en casa se guarda bajo llave.'),
  statement('leaving.unreachable', proposed(), 'Whoever cannot be reached at 24 hours: a second call the same day, then the escort or emergency contact, then the prescriber decides on a welfare check.', 'If we cannot reach you the next day, we call the person you named.', 'Si no logramos hablar con usted al día siguiente, llamamos a la persona que nombró.'),
  statement('leaving.room', seen('S1', 'S2'), 'Both practices name sessions of up to three hours. Here the room is held for 210 minutes, so that a longer observation collides with nobody.', 'The room is yours for longer than the session, so nobody hurries you.', 'La sala es suya por más tiempo que la sesión, así nadie le apura.'),
] as const
