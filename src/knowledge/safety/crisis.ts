import { proposed, recalled, seen } from '../figures.ts'
import { statement } from '../statement.ts'

/** The triage of the suicide screen: the highest level holds, and answers are never added up. */
export const triage = [
  statement('triage.none', seen('S32'), 'None: every answer is no. Routine.', 'Nothing in your answers worries us now.', 'Nada en sus respuestas nos preocupa ahora.'),
  statement('triage.low', seen('S32'), 'Low: question 1 or 2 alone. A safety plan is offered and the therapist is told today; the actions are our proposal.', 'We talk about it today and offer to make a plan with you.', 'Hoy lo hablamos y le ofrecemos hacer un plan.'),
  statement('triage.moderate', seen('S32'), 'Moderate: question 3, or question 6 longer than three months ago. A clinician looks at it today, and a safety plan is there before the next dose; the actions are our proposal.', 'A clinician speaks with you today, and we make a plan together first.', 'Hoy habla con usted un profesional y antes hacemos un plan.'),
  statement('triage.high', seen('S32'), 'High: question 4 or 5, or question 6 within three months. A clinician speaks with the person within the hour, no dose, the crisis steps; the actions are our proposal.', 'Somebody speaks with you within the hour. Your safety comes first.', 'Alguien habla con usted en menos de una hora. Su seguridad va primero.'),
  statement('triage.stays', proposed('S32'), 'A later lower answer does not take a high level away: a clinician reviews it and signs.', 'We go on asking until somebody has spoken with you.', 'Seguimos preguntando hasta que alguien haya hablado con usted.'),
  statement('triage.vendors', seen('S32'), 'Some vendors add the answers up, or call other answers moderate. The triage here goes by question.', 'Each answer counts by itself.', 'Cada respuesta cuenta por sí misma.'),
] as const

/** What an answer above nothing to item 9 of the PHQ-9 sets going. */
export const itemNine = [
  statement('item-nine.any', proposed(), 'From 1 on: help is shown on the screen at once, the C-SSRS is asked, and the therapist is told. The answer is shown by itself and counts in the total as well.', 'If you report dark thoughts, help is shown at once and your therapist is told.', 'Si cuenta pensamientos oscuros, se muestra ayuda enseguida y se avisa a su terapeuta.'),
  statement('item-nine.call', proposed(), 'From 2 on, or with a moderate or high C-SSRS: a clinician calls the same day.', 'Somebody calls you the same day.', 'Alguien le llama el mismo día.'),
  statement('item-nine.hours', proposed(), 'Outside hours the form says, before and after sending, that it is not read at once, and names 988 and 911.', 'Nobody reads your answers at night. In danger call 988 or 911.', 'Nadie lee sus respuestas de noche. Si corre peligro, llame al 988 o al 911.'),
] as const

/** Steps of an acute crisis, in order. */
export const crisisSteps = [
  statement('crisis.freeze', proposed(), 'Whoever notices it (form, message, session, call): dosing is frozen.', 'Treatment waits.', 'El tratamiento espera.'),
  statement('crisis.owner', proposed(), 'Somebody on the rota owns it within five minutes.', 'One person is there for you.', 'Hay una persona a cargo de ayudarle.'),
  statement('crisis.call', proposed(), 'Call: where, alone or not, means, intoxicated or not.', 'Somebody calls and asks where you are and what is near you.', 'Alguien llama y pregunta dónde está y qué tiene cerca.'),
  statement('crisis.ask', proposed('S32', 'S33'), 'Ask the C-SSRS and go through the safety plan.', 'You look at your plan together.', 'Miran juntos su plan.'),
  statement('crisis.decide', proposed(), 'Decide: plan and contact within 24 hours, urgent evaluation, or 911 or a mobile team with the address.', 'Together you decide what helps now.', 'Juntos deciden qué ayuda ahora.'),
  statement('crisis.contact', recalled('P'), 'The emergency contact may be told without consent where that averts a serious threat.', 'In grave danger we may call the person you named.', 'En peligro grave podemos llamar a la persona que nombró.'),
  statement('crisis.after', proposed(), 'Write it down; a prescriber reviews before any further dose; calls after 24 and 72 hours.', 'We call again after one day and after three.', 'Volvemos a llamar al día siguiente y a los tres días.'),
  statement('crisis.in-session', proposed('S2'), 'In the room: two people stay, and nobody is left alone.', 'You are never left alone.', 'Nunca le dejan a solas.'),
] as const

/** The fields of a safety plan, after Stanley and Brown, in our own layout and words; their form is not ours to copy. */
export const safetyPlanFields = {
  warningSigns: statement('plan.warning-signs', seen('S33'), 'Signs that a crisis may be near.', 'How do you notice that it gets dark?', '¿En qué nota que se pone oscuro?'),
  coping: statement('plan.coping', seen('S33'), 'What the person can do alone.', 'What helps you when you are by yourself?', '¿Qué le ayuda a solas?'),
  distraction: statement('plan.distraction', seen('S33'), 'People and places that take the mind off it.', 'Where or with whom do you think of other things?', '¿Dónde o con quién piensa en otras cosas?'),
  help: statement('plan.help', seen('S33'), 'People who can be asked for help.', 'Whom can you ask for help?', '¿A quién puede pedir ayuda?'),
  professionals: statement('plan.professionals', seen('S33'), 'Clinicians and services, with 988 and the nearest emergency department.', 'Which professionals can you call?', '¿A qué profesionales puede llamar?'),
  environment: statement('plan.environment', seen('S33'), 'Making the surroundings safe: what, how, who, when.', 'What could be put out of reach, and who helps?', '¿Qué se puede alejar y quién ayuda?'),
  worthLivingFor: statement('plan.worth-living-for', seen('S33'), 'What is most worth living for; part of some versions.', 'What matters most to you?', '¿Qué es lo más importante para usted?'),
  likelihoodOfUse: statement('plan.likelihood', proposed('S33'), 'How likely the person is to use it, 0 to 10.', 'How likely is it that you will use this plan?', '¿Qué probabilidad hay de que use este plan?'),
  madeWith: statement('plan.made-with', proposed('S33'), 'Who made it; both keep a copy.', 'Who made it with you?', '¿Quién lo hizo con usted?'),
  reviewOn: statement('plan.review', proposed('S33'), 'Read again after at most 90 days, and whenever the level of risk changes.', 'When do you look at it again?', '¿Cuándo lo vuelven a mirar?'),
} as const
