import { proposed, recalled, seen } from '../figures.ts'
import { statement } from '../statement.ts'

/** The bladder, asked about from the beginning because it is harmed slowly. */
export const bladderWatch = [
  statement('bladder.when', proposed('S11', 'S12'), 'Asked at the beginning, at every fourth session or every three months, at the follow-ups, and every six months on maintenance; urine is tested at the beginning and with symptoms.', 'We ask about your bladder again and again, because harm comes slowly.', 'Le preguntamos por la vejiga una y otra vez, porque el daño llega despacio.'),
  statement('bladder.why', seen('S11', 'S12'), 'Long use can inflame the bladder badly; both labels name it.', 'Ketamine can harm the bladder when used for long.', 'La ketamina puede dañar la vejiga si se usa mucho tiempo.'),
  statement('bladder.bpic-ss', recalled('P'), 'BPIC-SS: eight questions, together 0 to 38; 19 or more suggests bladder pain syndrome. Its words and licence were not read; the practice uses its own copy, and our six questions are asked by the program.', 'A questionnaire about the bladder.', 'Un cuestionario sobre la vejiga.'),
  statement('bladder.routine', proposed(), 'Below 8: routine.', 'Nothing to do now.', 'Nada que hacer ahora.'),
  statement('bladder.look', proposed('S2'), 'From 8 to 18, a rise of 7 or more from the beginning, or anything new (pain, frequency, urgency, blood): urinalysis and culture, asked again after 2 weeks, caution for the prescriber.', 'New trouble with the bladder is tested and asked about again soon.', 'Una molestia nueva de la vejiga se examina y se pregunta pronto otra vez.'),
  statement('bladder.hold', proposed('S12', 'S35'), 'From 19, cystitis of grade 2 or more, or visible blood: no dose, urology; only a letter and a signed reason lead on (O10).', 'With blood or much pain no dose is given, and a urologist looks.', 'Con sangre o mucho dolor no se da dosis y mira un urólogo.'),
] as const

/** Signs of misuse or of medicine going elsewhere: one point each, read by the prescriber alone. */
export const misuseSigns = [
  statement('misuse.early', proposed(), 'Asks for medicine before it is due.', 'Asking early.', 'Pedir antes de tiempo.'),
  statement('misuse.lost', proposed(), 'Lozenges were lost.', 'Lost lozenges.', 'Pastillas perdidas.'),
  statement('misuse.other-prescriber', proposed(), 'The register shows another prescriber.', 'Medicine from somebody else as well.', 'Medicamento también de otra persona.'),
  statement('misuse.higher', proposed(), 'Asks for a dose above the plan.', 'Asking for more than planned.', 'Pedir más de lo previsto.'),
  statement('misuse.self-raised', proposed(), 'Raised the dose alone.', 'Taking more than agreed.', 'Tomar más de lo acordado.'),
  statement('misuse.outside', proposed(), 'Used it outside sessions.', 'Using it between sessions.', 'Usarlo entre sesiones.'),
  statement('misuse.urine', proposed(), 'A urine screen shows what nobody expected. Usual panels do not find ketamine: a test of its own is ordered.', 'A test shows something unexpected.', 'Una prueba muestra algo inesperado.'),
  statement('misuse.craving', proposed(), 'Craves ketamine.', 'Wanting it very much.', 'Desearlo con fuerza.'),
  statement('misuse.count', proposed(), 'What was returned or counted does not fit.', 'The count does not fit.', 'El recuento no cuadra.'),
  statement('misuse.intoxicated', proposed(), 'Intoxicated at a visit.', 'Coming intoxicated.', 'Venir bajo efectos.'),
  statement('misuse.alcohol', proposed(), 'Alcohol within 48 hours.', 'Alcohol in the two days before.', 'Alcohol en los dos días anteriores.'),
] as const

export const misuseRules = [
  statement('misuse.review', proposed('S11'), 'Two signs: the prescriber reviews. Three: no dose until that is done. Shown to the prescriber alone.', 'Your prescriber talks with you about anything that worries them.', 'Quien receta habla con usted de lo que le preocupe.'),
  statement('misuse.register', recalled('P'), 'The prescription register is looked up before the first prescription and at least every six months; state rules differ.', 'Your prescriber looks into the state’s register.', 'Quien receta consulta el registro del estado.'),
  statement('misuse.urine-when', seen('S7'), 'A urine screen at the beginning where there is reason.', 'You may be asked for a urine test.', 'Quizá le pidan una prueba de orina.'),
  statement('misuse.release', proposed('S4'), 'Where lozenges go home at all: one or two doses at a time.', 'Only a little medicine goes home at a time.', 'A casa va poco medicamento cada vez.'),
  statement('misuse.heavy', proposed('S12'), 'Heavy use over a long time harms bladder, liver and thinking: the three are looked at together.', 'Much use over a long time harms.', 'Usar mucho durante mucho tiempo hace daño.'),
] as const

export const pregnancyWatch = [
  statement('pregnancy.test', proposed('S1', 'S11'), 'Where pregnancy is possible: a urine test at most 7 days before the first session, monthly during treatment and on the same day when a period is late. The gate asks for one of the last 7 days at every dose.', 'If you could become pregnant, a test is made before every session.', 'Si podría quedar embarazada, se hace una prueba antes de cada sesión.'),
  statement('pregnancy.positive', seen('S1', 'S11'), 'Positive: no dose (B05), and help to find other care. That somebody is pregnant is told to nobody without them.', 'If you are pregnant no ketamine is given, and we help you find other care.', 'Si está embarazada no se da ketamina y le ayudamos a buscar otra atención.'),
  statement('pregnancy.contraception', proposed('S11'), 'Contraception is talked about before the course.', 'We talk about contraception before it begins.', 'Hablamos de anticoncepción antes de empezar.'),
  statement('pregnancy.breastfeeding', seen('S11'), 'Breastfeeding: esketamine is not recommended; a prescriber decides with a plan to pump and discard (O13).', 'If you breastfeed, a prescriber plans with you.', 'Si da el pecho, quien receta lo planea con usted.'),
] as const

/** What a place has to have before anybody is dosed there. */
export const siteStandards = [
  statement('site.two', seen('S2'), 'Two trained people for each room in which somebody is dosed.', 'Two trained people are with you.', 'Dos personas formadas están con usted.'),
  statement('site.prescriber', proposed(), 'A prescriber covers at most four rooms: on site for injections and infusions, reachable within two minutes for lozenges and the spray. For esketamine the certified program asks for one on site.', 'A prescriber can be reached at once.', 'Se puede llamar a quien receta enseguida.'),
  statement('site.training', proposed('S7'), 'Everybody knows basic life support; where injections or infusions are given, one person knows advanced life support.', 'The people with you know first aid.', 'Quienes le acompañan saben primeros auxilios.'),
  statement('site.kit', proposed('S7'), 'The emergency kit was checked within 24 hours.', 'The emergency kit is checked every day.', 'El equipo de emergencia se revisa cada día.'),
  statement('site.drill', proposed(), 'Emergencies are practiced every three months.', 'The team practices emergencies.', 'El equipo practica emergencias.'),
  statement('site.rooms', proposed(), 'A toilet without places to fasten anything to, and no door that locks somebody in.', 'You are never locked in.', 'Nunca le encierran.'),
] as const
