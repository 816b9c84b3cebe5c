import type { Instant } from '../../../core/shared/time.ts'
import { dayOf } from '../times.ts'

export interface AccessLine { readonly at: Instant; readonly who: string; readonly action: string; readonly outcome: string }

/** One person's looks of one kind on one day, as one line. */
export interface Look { readonly who: string; readonly says: string; readonly lastAt: Instant; readonly times: number; readonly refused: boolean }

const words: Readonly<Record<string, string>> = {
  'chart.read': 'opened the chart', 'entries.read': 'read the chart', 'live.opened': 'read the chart', 'course.read': 'looked at where the course stands', 'home.read': 'saw the name on their list',
  'entries.append': 'wrote in the chart', 'notes.read': 'read their own private notes', 'notes.append': 'wrote in their own private notes', 'journal.read': 'read the journal', 'journal.append': 'wrote in the journal',
  'access.read': 'looked at this list', 'audit.read': 'looked at the practice’s list', 'chart.exported': 'took a copy of the chart', 'team.joined': 'changed the care team', 'protocol.chosen': 'chose the course', 'clearance.signed': 'signed the medical clearance', 'alert.escalated': 'called people to the session', 'clearance.reopened': 'noted that the medical clearance has to be looked at again', 'order.signed': 'signed an order', 'dose.declined': 'declined a proposed dose',
  'consent.signed': 'signed a consent', 'session.started': 'began a session', 'session.joined': 'joined a session', 'session.printed': 'printed the record of a session', 'session.transcribed': 'typed a session in from paper', 'transcription.checked': 'compared what was typed with the paper', 'downtime.printed': 'printed the sheet for a session', 'room.read': 'looked up who had checked the room',
  'file.put': 'brought a picture or a recording', 'file.read': 'looked at a picture or heard a recording',
  'quarantine.read': 'saw that something written on a lost device waits', 'quarantine.opened': 'read what was written on a lost device', 'quarantine.adopted': 'took over what was written on a lost device', 'quarantine.discarded': 'set aside what was written on a lost device', 'quarantine.deposited': 'sent what was written on a device whose access had ended', 'guest.enrolled': 'was let in to sign on a colleague’s device', 'guest.ended': 'ended a place to sign on somebody’s device', 'quarantine.file-deposited': 'sent a picture or a spoken note from a device whose access had ended',
  'day.answered': 'answered the questions before a visit', 'link.opened': 'opened a link with questions', 'questions.answered': 'answered a questionnaire by a link, or on the practice’s tablet', 'tablet.handed': 'handed the practice’s tablet to you', 'tablet.covered': 'covered the practice’s tablet', 'proposal.decided': 'decided about a proposal after the course', 'ride.answered': 'said whether they bring you home', 'reminders.read': 'looked up how you are reminded', 'reminders.chosen': 'chose how you are reminded',
  'inquiry.matched': 'opened the chart after the first call',
  'visit.join-read': 'looked where a visit online is joined', 'visit.video-kept': 'changed where a visit online is joined',
  'plan.proposed': 'looked for dates', 'plan.booked': 'booked visits', 'plan.held': 'held times for visits', 'plan.held-read': 'looked at held times', 'plan.let-go': 'let held times go', 'plan.repair-proposed': 'looked for other dates', 'visits.moved': 'moved visits', 'visit.cancelled': 'cancelled a visit', 'visits.cancelled': 'cancelled visits',
  'plan.places-read': 'looked where a visit could go', 'visit.no-show': 'wrote down that nobody came', 'visit.own-slots-read': 'looked where a visit could go', 'visit.own-moved': 'moved a visit, or asked for it', 'moves.asked-read': 'looked at visits asked to be moved', 'move.answered': 'answered about another time', 'visits.asked': 'asked you about other times', 'changes.read': 'looked at other times you were told of or asked about', 'change.answered': 'said whether other times suit', 'change.settled': 'settled other times, or took them back', 'sooner.wished': 'said that you would come sooner', 'sooner.withdrawn': 'took you off the list for a sooner time', 'sooner.read': 'looked whether you would come sooner', 'offer.answered': 'answered about a sooner time', 'time.offered': 'offered you a sooner time', 'time.offer-ended': 'ended the offer of a sooner time', 'visit.own-fee-read': 'looked what cancelling may cost', 'visit.own-cancelled': 'cancelled a visit', 'late-fees.read': 'looked at fees for late cancellations', 'late-fee.decided': 'decided about a fee for a late cancellation',
  'therapy.read': 'looked at your weekly therapy', 'therapy.planned': 'looked for hours of therapy', 'therapy.booked': 'booked therapy that comes back', 'therapy.changed': 'changed therapy that comes back', 'therapy.stopped': 'ended or paused therapy that comes back', 'therapy.own-stopped': 'cancelled therapy that comes back', 'therapy.continued': 'booked the next hours of therapy',
  'registry.exported': 'gave data of yours, without your name, to a registry',
  'group.read': 'looked at a group you are in', 'group.joined': 'put you into a group', 'group.left': 'took you out of a group', 'visit.closed': 'wrote a visit down',
  'estimate.read': 'looked at the estimate', 'estimate.given': 'gave the estimate', 'superbills.read': 'looked at the bills', 'superbill.issued': 'issued a superbill', 'work-note.made': 'made a note for work or school', 'document.read': 'opened a paper', 'documents.read': 'looked at the list of papers',
}

/** The record of looks, put together by day so that it can be read; newest first. */
export function looksOf(lines: readonly AccessLine[], zone: string): readonly (readonly [day: string, looks: readonly Look[]])[] {
  const days = new Map<string, Map<string, Look>>()
  for (const { at, who, action, outcome } of lines.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))) {
    if (action === 'live.closed') continue // Opening and closing a live reading are one look, not two.
    const day = dayOf(at, zone)
    const looks = days.get(day) ?? new Map<string, Look>()
    days.set(day, looks)
    const says = words[action] ?? action.replaceAll(/[.-]/g, ' ')
    const key = `${who} ${says} ${outcome}`
    const known = looks.get(key)
    looks.set(key, known ? { ...known, times: known.times + 1 } : { who, says, lastAt: at, times: 1, refused: outcome === 'refused' })
  }
  return [...days].map(([day, looks]) => [day, [...looks.values()]] as const)
}
