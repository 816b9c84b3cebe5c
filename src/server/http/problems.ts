/** Everything that can go wrong at the door, in one place: a stable code, a status, and words for a person. */
export const problems = {
  'request.malformed': { status: 422, say: 'Some of this could not be read. Nothing was stored; correct what is marked and send it again.' },
  'sign-in.needed': { status: 401, say: 'You are not signed in, or the sign-in has ended. What you wrote is kept on this device; sign in and it will be sent.' },
  'sign-in.other': { status: 401, say: 'Somebody else has signed in on this browser. What you wrote is kept on this device under your name; sign in again and it will be sent.' },
  'sign-in.refused': { status: 401, say: 'The address and the password do not go together. Check both and try again.' },
  'sign-in.code-refused': { status: 401, say: 'That code is not right, or was used already. Wait for the next one and try again.' },
  'sign-in.locked': { status: 429, say: 'Too many wrong tries. Wait a few minutes, then try again.' },
  'sign-in.link-used': { status: 410, say: 'This link was used already or is too old. Ask for a new one; it takes a minute.' },
  'sign-in.password-weak': { status: 422, say: 'That password is too short or too well known. Use fifteen characters or more that are not a common phrase.' },
  'first-run.over': { status: 404, say: 'There is nothing here.' },
  'chart.unseen': { status: 404, say: 'There is no such chart, or it is not yours to see.' },
  'file.refused': { status: 415, say: 'This file is not taken. Nothing was stored; it is kept where it was made. Take the picture or speak the note again, and send that.' },
  'file.altered': { status: 422, say: 'The file did not arrive as it was sent. Nothing was stored; it is kept on the device and can be sent again.' },
  'file.not-arrived': { status: 404, say: 'The entry is here, and its picture or sound has not arrived yet. It may still be on the device that made it.' },
  'photo.taken-back': { status: 410, say: 'This photo was taken back and is not shown any more. It stays in the record.' },
  'journal.taken-back': { status: 410, say: 'The patient has taken this back. It is not shown any more; that it was shared stays in the record.' },
  'not-found': { status: 404, say: 'There is nothing here, or it is not yours to see.' },
  'not-allowed': { status: 403, say: 'Your part in this practice does not include that. Nothing was changed.' },
  'origin.refused': { status: 403, say: 'This request came from another site and was not carried out.' },
  'entry.unknown-kind': { status: 422, say: 'This version of the server does not know that kind of entry. It is kept on your device; nothing was stored.' },
  'entry.forbidden': { status: 403, say: 'Your role may not write this kind of entry here. Nothing was stored.' },
  'entry.rewritten': { status: 409, say: 'An entry with this id already says something else. Entries are never changed; write one that corrects it.' },
  'entry.from-the-future': { status: 422, say: 'This is dated after it was written. Check the clock of the device; the entry is kept there.' },
  'entry.amends-unknown': { status: 422, say: 'The entry this corrects is not on this chart. Nothing was stored.' },
  'entry.corrects-another': { status: 422, say: 'This cannot take the place of what it names: a correction says the same kind of thing about the same matter, and a stop or a withdrawal stays said. Nothing was stored; write down as an entry of its own what is true now.' },
  'gate.never-passed': { status: 422, say: 'Nobody can pass this with a reason, whoever signs. Nothing was stored; what is missing has to be done first.' },
  'signature.anothers': { status: 422, say: 'Somebody signs, or says that they are in the room, with their own sign-in and in a role they hold for this person. Nothing was stored.' },
  'guest.same-person': { status: 409, say: 'This takes two people, and the same person cannot be both. Nothing was stored; what was signed is kept on this device. Somebody else signs.' },
  'guest.stranger': { status: 403, say: 'Only a therapist, a prescriber or a monitor of this person’s team can sign here. Nothing was stored; have them join the team first, or ask somebody who is on it.' },
  'guest.no-pin': { status: 409, say: 'They have no PIN yet. Nothing was changed; they set one on their own device, and can sign here after that.' },
  'guest.unknown': { status: 403, say: 'The server does not know of them as somebody who signs on this device in this session. Nothing was stored; what was signed is kept here. They type their PIN here once with a connection and sign again, or sign on their own device.' },
  'guest.ended': { status: 409, say: 'They may not sign on this device any more: the time for it is over, their PIN has changed, or their access has ended. Nothing was stored; what was signed is kept here. They sign again on their own device.' },
  'guest.unproven': { status: 403, say: 'This signature was not made with their PIN on this device. Nothing was stored; what was written is kept here. They sign again, on this device or on their own.' },
  'guest.not-lendable': { status: 422, say: 'This cannot be signed on somebody else’s device. Nothing was stored; it is kept here. They write it on their own device.' },
  'reachable.not-prescriber': { status: 422, say: 'Only a prescriber of this person’s team can be written down as the one to reach. Nothing was stored; choose one of them, or have one join the team.' },
  'session.unknown': { status: 422, say: 'There is no such medicine session on this chart. Nothing was stored.' },
  'session.already-open': { status: 409, say: 'A medicine session is already open for this patient. Go on with that one.' },
  'transcription.refused': { status: 422, say: 'This could not be taken from the paper as it is. Nothing was stored, and what you typed is still here; what has to change is listed.' },
  'transcription.same-person': { status: 409, say: 'Whoever typed this cannot be the one who compares it with the paper. Nothing was stored; a second person does it, with their own sign-in.' },
  'rulebook.broken': { status: 409, say: 'The rulebook of this practice cannot be vouched for, so no session is started, no dose is recorded and nothing is signed by it. Charts stay readable, and what happens in a running session is still kept. What is wrong is listed: tell the medical director, who can sign a new edition, and whoever keeps the server, who can bring back a copy.' },
  'rulebook.refused': { status: 422, say: 'The rulebook was not changed. What cannot be turned so is listed; everything else you chose is still here.' },
  'rulebook.needs-two': { status: 403, say: 'Loosening is signed by two people: the medical director proposes it, and another therapist, prescriber or medical director of this practice signs it too. Nothing was changed; tightening needs one signature as before.' },
  'rulebook.proposal-closed': { status: 409, say: 'This proposal cannot be answered any more. Nothing was changed; why is listed, and what is still wanted is proposed again.' },
  'rulebook.moved-on': { status: 409, say: 'Somebody adopted another edition of the rulebook meanwhile. Nothing was changed; look at what stands now, and choose again.' },
  'session.gates': { status: 409, say: 'The session cannot start yet. Nothing was changed; what is missing is listed.' },
  'dose.gates': { status: 409, say: 'A dose cannot be recorded as given yet. The entry is kept on your device; what is missing is listed.' },
  'step.blocked': { status: 409, say: 'Something has to happen before this. Nothing was changed; what is missing is listed.' },
  'clearance.outdated': { status: 409, say: 'New facts reached this chart while you were reading. Look at them, then sign again.' },
  'consent.changed': { status: 409, say: 'The text of this consent has changed since you opened it. Please read the new text and sign that.' },
  'consent.not-now': { status: 409, say: 'Nothing can be signed between a dose and discharge. It can wait until afterwards.' },
  'order.refused': { status: 422, say: 'This order is outside what the rulebook lets anyone order. Nothing was stored.' },
  'protocol.refused': { status: 409, say: 'This course cannot be used here. Nothing was changed; the reason and what comes first are listed.' },
  'on-call.moved-on': { status: 409, say: 'Somebody else kept the rota meanwhile. Nothing was changed; look at what stands now, and keep yours again.' },
  'plan.clash': { status: 409, say: 'Someone booked or held one of these times a moment ago. Nothing was booked or held; ask for new proposals.' },
  'plan.violates': { status: 422, say: 'This plan breaks a rule of the protocol. Nothing was booked; the rules are listed.' },
  'plan.refused': { status: 409, say: 'A course cannot be planned for this person. The reason is listed.' },
  'calendar.unreadable': { status: 422, say: 'This calendar was not taken. Nothing was changed, and what was known before stays; why is listed.' },
  'calendars.too-many': { status: 409, say: 'You have as many of these as one person can keep here. Nothing was changed; take one away that you do not need any more.' },
  'visit.not-by-patient': { status: 409, say: 'This visit cannot be moved from here. It stays where it is; why is listed. Send the practice a message, or call.' },
  'change.waiting': { status: 409, say: 'The patient is being asked about other times already. Nothing was changed; take that back first, or wait for their answer.' },
  'freed.moved-on': { status: 409, say: 'This time is not free to be offered any more, or somebody offers it already. Nobody was asked by this; look at what stands now.' },
  'freed.no-fit': { status: 409, say: 'Somebody here does not fit any more; why is listed. Nobody was asked. Look at the list again.' },
  'offer.ended': { status: 409, say: 'There is nothing left to answer here: it was answered, its time to answer has passed, or it is offered no more. Nothing was changed; the visit stays where it is.' },
  'sooner.nothing': { status: 409, say: 'There is nothing sooner in what was named: the visit has begun, is cancelled, or lies before these days. Nothing was kept; choose other days.' },
  'move.answered': { status: 409, say: 'There is nothing left to answer here: somebody answered, or the visit was moved or cancelled meanwhile. Nothing was changed by this; look at what stands now.' },
  'visit.full': { status: 409, say: 'This room has no place left for one more patient at that time. Nothing was booked or moved; choose a larger room, or fewer patients.' },
  'visit.together': { status: 409, say: 'Several patients have this visit together, so it is not moved or booked from one chart. Nothing was changed; open the group, where it moves for everybody at once.' },
  'group.refused': { status: 422, say: 'The group was not changed. Why is listed, and what you typed is still here.' },
  'visit.not-begun': { status: 409, say: 'This visit has not begun yet, so nobody can have missed it. Nothing was changed; cancel it if it will not take place.' },
  'visit.took-place': { status: 409, say: 'The chart says that this visit took place, so it is not written down as missed. Nothing was changed; if the chart is wrong, whoever wrote that puts it right.' },
  'late-fee.moved-on': { status: 409, say: 'This fee was decided already, or the practice changed its rule or its price meanwhile. Nothing was charged by this; look at what stands now.' },
  'quarantine.refused': { status: 403, say: 'This device may not bring sealed entries for that chart. They stay on it, sealed, until whoever wrote them signs in there again.' },
  'quarantine.not-ended': { status: 409, say: 'Whoever wrote this still has access from that device. Nothing was set aside; it is sent in the usual way.' },
  'quarantine.full': { status: 413, say: 'This device has brought as much as it may. What is left stays on it, sealed, until whoever wrote it signs in there again.' },
  'quarantine.decided': { status: 409, say: 'Somebody decided about these entries a moment ago. Nothing was changed by this; look at what stands now.' },
  'quarantine.unreadable': { status: 422, say: 'This server cannot open what was sealed there: the key it was sealed to is not here, or something was changed on the way. It is kept as it came; tell whoever keeps the server, who can bring the key back from a copy.' },
  'email.in-use': { status: 409, say: 'This e-mail address is in use already. Nothing was stored, and what you typed is still here. If it is the same person, go on with the chart that exists; if it is somebody else, give another address.' },
  'ledger.refused': { status: 409, say: 'This was not written into the drug ledger. Nothing was changed; why is listed, and what you typed is still here.' },
  'ledger.moved-on': { status: 409, say: 'The drug ledger has moved on since you opened this. Nothing was written; look at what stands now, and count again what has changed.' },
  'outcomes.few': { status: 422, say: 'This figure is not shown: fewer than ten people stand behind it, or so small a group could be worked out from it. Nothing was changed.' },
  'bill.incomplete': { status: 422, say: 'A bill cannot be written yet. What is missing is listed.' },
  'form.refused': { status: 422, say: 'This was not signed. Nothing was changed; why is listed.' },
  'work-note.nameless': { status: 409, say: 'The practice has not said under which name it writes to employers and schools, so this note cannot be made yet. Ask the practice, by message or by telephone.' },
  'work-note.tells': { status: 422, say: 'The name for letters to employers and schools would tell what somebody is treated for. Nothing was changed; the words are listed.' },
  'work-note.moved': { status: 409, say: 'One of these visits has been moved or cancelled meanwhile. No note was made; look at the dates as they stand now.' },
  'practice.exists': { status: 409, say: 'This installation has its practice already.' },
  'too-many-requests': { status: 429, say: 'Too many requests from here. Wait a minute and try again.' },
  'too-large': { status: 413, say: 'This is larger than the server takes. Nothing was stored.' },
  'database.away': { status: 503, say: 'The database does not answer. What you wrote is kept on this device and will be sent again by itself.' },
  internal: { status: 500, say: 'Something went wrong on our side. Nothing was half stored; please try again.' },
} as const

export type ProblemCode = keyof typeof problems

/** Thrown anywhere in the shell, turned into a response in one place (`app.ts`). Never thrown by the core. */
export class Problem extends Error {
  readonly code: ProblemCode
  /** For the person who asked: which fields, which gates. Never another person's facts. */
  readonly list: readonly { readonly code: string; readonly says: string }[]
  /** For the log. Ids, kinds and counts; never names, answers or notes. */
  readonly detail: Readonly<Record<string, string | number>>
  /** A chart that the person who asked may open, and that is the way on. */
  readonly chart: string | undefined

  constructor(code: ProblemCode, more: { list?: readonly { code: string; says: string }[]; detail?: Record<string, string | number>; chart?: string } = {}) {
    super(problems[code].say)
    this.code = code
    this.list = more.list ?? []
    this.detail = more.detail ?? {}
    this.chart = more.chart
  }
}
