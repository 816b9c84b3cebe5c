import type { Figure } from '../core/course/protocol.ts'
import type { GateName } from '../core/session/gates.ts'
import { proposed, seen } from './figures.ts'
import { statement, type Statement } from './statement.ts'

const gate = (name: GateName, figure: Figure, says: string, plainly: string, spanish: string): Statement => statement(`gate.${name}`, figure, says, plainly, spanish)

/** What has to be so before a session starts, before a dose is given, and before a second one. Missing is never fine: what nobody wrote down does not pass. */
export const sessionGates = {
  consent: gate('consent', proposed('S49'), 'Every form that has to be signed is signed in its current version.', 'You have signed, and can take it back at any time.', 'Ha firmado y puede retirarlo en cualquier momento.'),
  clearance: gate('clearance', proposed('S1'), 'A prescriber’s clearance is in date, and no new fact has reopened it.', 'A prescriber has met you and signed.', 'Quien receta le ha visto y ha firmado.'),
  order: gate('order', proposed(), 'A prescriber’s order stands, for this route and medicine.', 'A prescriber has ordered your dose.', 'Quien receta ha indicado su dosis.'),
  pregnancy: gate('pregnancy', proposed('S1', 'S11'), 'A negative pregnancy test in date, or the statement that pregnancy is not possible.', 'Where pregnancy is possible, a recent test is there.', 'Si es posible un embarazo, hay una prueba reciente.'),
  escort: gate('escort', seen('S12', 'S49'), 'A named adult is there to go home with. On the day nobody passes this by a reason.', 'An adult you named takes you home.', 'Una persona adulta que usted nombró le acompaña a casa.'),
  'two-people': gate('two-people', proposed('S2'), 'Two people are checked in for the session.', 'Two trained people stay with you.', 'Dos personas formadas se quedan con usted.'),
  'prescriber-on-site': gate('prescriber-on-site', seen('S11'), 'With esketamine a prescriber is in the building while it is given and watched.', 'With the spray a prescriber is in the building.', 'Con el aerosol, quien receta está en el edificio.'),
  'prescriber-reachable': gate('prescriber-reachable', proposed(), 'A prescriber said that they answer for this session, from within the building where the route asks for it, and for as long as it takes.', 'A prescriber can be reached for as long as you are with us.', 'Se puede contactar con quien receta mientras usted esté aquí.'),
  'emergency-kit': gate('emergency-kit', proposed('S7'), 'Somebody looked through the emergency kit of the room within the last day: everything is there and in date.', 'Somebody has checked the emergency kit of the room.', 'Alguien ha comprobado el equipo de emergencia de la sala.'),
  'no-crisis': gate('no-crisis', proposed('S32'), 'No risk path stands open that stops dosing.', 'If you are in danger, that comes first.', 'Si corre peligro, eso va primero.'),
  'no-open-session': gate('no-open-session', proposed(), 'No other session of this person stands open.', 'One session at a time.', 'Una sesión cada vez.'),
  spacing: gate('spacing', proposed('S1'), 'The last dose lies far enough back, and the week holds no more doses than the course allows.', 'Enough time has passed since the last session.', 'Ha pasado suficiente tiempo desde la última sesión.'),
  preparation: gate('preparation', proposed('S1'), 'The preparation visits of the course were held.', 'You have prepared with your therapist.', 'Se ha preparado con su terapeuta.'),
  'safety-plan': gate('safety-plan', proposed('S1'), 'A safety plan is there and not due for review.', 'Your safety plan is made and recent.', 'Su plan de seguridad está hecho y es reciente.'),
  integration: gate('integration', proposed('S1'), 'The last session was integrated, where the course asks for it before the next dose.', 'You have talked the last session through.', 'Ha hablado de la última sesión.'),
  'session-open': gate('session-open', proposed(), 'The session has been started and not closed.', 'The session is open.', 'La sesión está abierta.'),
  identity: gate('identity', proposed(), 'Somebody confirmed who the person is.', 'Somebody checks your name and birth date.', 'Alguien comprueba su nombre y fecha de nacimiento.'),
  'vitals-taken': gate('vitals-taken', proposed(), 'Both pressures, pulse, breathing rate and saturation of today are there.', 'Your pressure, pulse, breathing and oxygen were measured today.', 'Hoy le midieron presión, pulso, respiración y oxígeno.'),
  'mental-status': gate('mental-status', proposed(), 'How awake the person is was written down today.', 'Somebody noted how awake you are.', 'Alguien anotó cómo de despierto o despierta está.'),
  'pre-dose': gate('pre-dose', proposed('S11'), 'The readings pass the rules before a dose, or a prescriber carries what may be carried.', 'Your readings are within their limits.', 'Sus mediciones están dentro de los límites.'),
  'suicide-screen': gate('suicide-screen', proposed('S32'), 'A complete C-SSRS since the last contact, and not high.', 'Somebody asked about thoughts of suicide today.', 'Hoy alguien preguntó por ideas de suicidio.'),
  fasting: gate('fasting', proposed('S11'), 'Food and drink lie far enough back for the route.', 'You have not eaten or drunk for as long as you were told.', 'No ha comido ni bebido durante el tiempo indicado.'),
  'alcohol-cannabis': gate('alcohol-cannabis', proposed('S15'), 'When alcohol and cannabis were last taken was asked and written down.', 'Somebody asked when you last drank or used cannabis.', 'Alguien preguntó cuándo bebió o usó cannabis por última vez.'),
  'day-medicines': gate('day-medicines', proposed('S11', 'S15'), 'What was taken as needed is asked on the day, medicine by medicine. What is taken as its prescriber says goes on and is shown.', 'Somebody asked what you took as needed. Keep taking what you take every day.', 'Alguien preguntó qué tomó a demanda. Siga con lo que toma cada día.'),
  'no-dose-conflict': gate('no-dose-conflict', proposed(), 'No step was written by two devices and left unsettled.', 'Nobody has noted two doses where there was one.', 'Nadie ha anotado dos dosis donde hubo una.'),
  'no-alert': gate('no-alert', proposed(), 'No alert stands open.', 'Nothing in your readings asks for attention first.', 'Nada en sus mediciones pide atención antes.'),
  booster: gate('booster', proposed(), 'A second dose is within its window, its conditions hold, and the sum stays below the lower limit.', 'A second dose comes only in a short span, and only if all is calm.', 'Una segunda dosis solo llega en un plazo corto y si todo está tranquilo.'),
  prepared: gate('prepared', proposed(), 'One person drew the dose up, by volume and strength.', 'One person prepares your dose.', 'Una persona prepara su dosis.'),
  confirmed: gate('confirmed', proposed(), 'A second person read it back on a device of their own.', 'A second person checks it.', 'Otra persona la comprueba.'),
  'within-order': gate('within-order', proposed(), 'Medicine, route and amount are those of the order.', 'It is what was ordered for you.', 'Es lo que se indicó para usted.'),
} as const satisfies Record<GateName, Statement>
