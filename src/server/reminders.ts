import { wordsThatTell } from '../core/scheduling/time-off.ts'
import type { LadderStep, ReminderRows } from '../core/reminders/ladder.ts'
import { reminderRows } from '../knowledge/reminders.ts'
import { tellingWords } from '../knowledge/time-off.ts'
import { localDay, sayTime } from '../core/shared/local-day.ts'
import type { PracticeRow } from './store/practice.ts'
import type { Message, Reached } from './store/reminders.ts'

/** How a practice reminds: whether at all, at which hours, and whether it asks for a pressure measured at home. */
export interface ReminderSettings {
  readonly on: boolean
  readonly rows: ReminderRows
  readonly asksPressure: boolean
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/

/** An hour of the practice's own counts only outside the quiet ones. */
export function reminderSettings({ settings }: Pick<PracticeRow, 'settings'>): ReminderSettings {
  const { quiet } = reminderRows
  const hour = (key: string, otherwise: string) => {
    const said = settings[key]
    return typeof said === 'string' && CLOCK.test(said) && said >= quiet.to && said < quiet.from ? said : otherwise
  }
  const timed = (steps: readonly LadderStep[]) => steps.map((step) => ({ ...step, at: step.step === 'day-before' ? hour('remindersDayBeforeAt', step.at) : step.step === 'morning' ? step.at : hour('remindersAt', step.at) }))
  return { on: settings['reminders'] !== 'off', rows: { ...reminderRows, dosing: timed(reminderRows.dosing), other: timed(reminderRows.other), therapy: timed(reminderRows.therapy), online: timed(reminderRows.online) }, asksPressure: settings['remindersPressure'] === 'on' }
}

/** What the practice calls itself towards a stranger: a name of its own for letters, or its name where that tells nothing. */
export function nameOutside({ name, settings }: Pick<PracticeRow, 'name' | 'settings'>): string {
  const own = typeof settings['letterName'] === 'string' ? settings['letterName'].trim() : ''
  return own || (wordsThatTell(name, tellingWords).length === 0 ? name : 'the practice')
}

/** What everybody outside may know of a practice: what it calls itself there, its telephone and its hours. */
export function outsideOf({ name, settings }: Pick<PracticeRow, 'name' | 'settings'>): { readonly from: string; readonly phone: string; readonly hours: string } {
  const text = (key: string) => (typeof settings[key] === 'string' ? settings[key] : '')
  return { from: nameOutside({ name, settings }), phone: text('phone'), hours: text('hours') }
}

/** How this person is written to: as they chose, and where they have said nothing by mail, or else by text. Nothing where that does not reach them. */
export function channelOf({ by, email, phone }: Pick<Reached, 'by' | 'email' | 'phone'>, texts: boolean): Pick<Message, 'channel' | 'to'> | undefined {
  const mail = email && by !== 'text' ? { channel: 'mail' as const, to: email } : undefined
  const text = texts && phone && by !== 'mail' ? { channel: 'text' as const, to: phone } : undefined
  return by === 'none' ? undefined : (mail ?? text)
}

/** What the practice calls itself in a message, its telephone, and the zone of its wall. */
export interface Outside {
  readonly from: string
  readonly phone: string
  readonly zone: string
  readonly online?: boolean
}
interface Told extends Outside {
  readonly startsAt: string
}

/** A reminder in words: when, and from whom. What the visit is, and why, stands in no message. */
export function reminderWords(givenName: string, { from, phone, startsAt, zone, online = false }: Told, link?: string): Pick<Message, 'subject' | 'body'> {
  const before = online ? 'It is by video. Say here where you are before it begins, and you are shown where to join it' : 'Please answer a few short questions before you come'
  const asks = link ? `\n\n${before}. The link is yours alone and works once:\n${link}` : online ? '\n\nIt is by video. Where to join it stands on your own pages.' : ''
  return {
    subject: `A reminder from ${from}`,
    body: `Hello ${givenName},\n\nyou have an appointment with ${from} on ${dayInWords(startsAt, zone)} at ${sayTime(startsAt, zone)}.${asks}\n\nIf something has come up${phone ? `, call ${phone}` : ', call us'}.`,
  }
}

/** Questionnaires are open, in words: from whom, and where they are answered. What they are about stands in no message. */
export function askingWords(givenName: string, { from, phone }: Outside, { again, forms, after }: { readonly again: boolean; readonly forms: number; readonly after?: string }, link: string): Pick<Message, 'subject' | 'body'> {
  const what = forms === 1 ? 'a short questionnaire' : `${forms} short questionnaires`
  return {
    subject: again ? `Still open: a few questions from ${from}` : `A few questions from ${from}`,
    body: `Hello ${givenName},\n\n${again ? `${what} from ${from} ${forms === 1 ? 'is' : 'are'} still open for you` : `${from} has ${what} for you`}. You can stop and go on later, on this device or another. The link is yours alone:\n${link}\n\n${after === undefined ? '' : `${from} would also like to know how it is going. That takes two presses on your own pages:\n${after}\n\n`}Answers are not read at night. If you are in danger, do not wait for us: call or text 988, or call 911.\n\nIf you would rather talk, ${callOr(phone)}.`,
  }
}

/** After a visit: whether they would say how it is. What the visit was stands in no message. */
export const afterwardsWords = (givenName: string, { from, phone }: Outside, address: string): Pick<Message, 'subject' | 'body'> => ({
  subject: `A question from ${from}`,
  body: `Hello ${givenName},\n\nhow is it going? ${from} would like to know. It takes two presses on your own pages:\n${address}\n\nAnswers are not read at night. If you are in danger, do not wait for us: call or text 988, or call 911.\n\nIf you would rather talk, ${callOr(phone)}.`,
})

/** To the adult who brings somebody home: their own link, and no word of why. */
export const rideWords = (givenName: string, { from, startsAt, zone }: Told, link: string): Pick<Message, 'subject' | 'body'> => ({
  subject: `A question from ${from}`, body: `${givenName} named you as the adult who brings them home from ${from} on ${dayInWords(startsAt, zone)}. Please say yes or no here:\n${link}`,
})

interface Changed {
  readonly way: 'asked' | 'moved' | 'cancelled'
  readonly changes: readonly { readonly from: { readonly startsAt: string }; readonly to?: { readonly startsAt: string } | undefined }[]
  readonly until?: string | undefined
}

/** A message that is read on a telephone: of a whole series it says the first ones and how many more there are. */
const MOST_LINES = 8
const LINES_OF_MANY = 4

/** Other times, in words: from when to when, and from whom. What the visits are stands in no message. */
export function changeWords(givenName: string, { from, phone, zone }: Outside, { way, changes, until }: Changed, link?: string): Pick<Message, 'subject' | 'body'> {
  const at = (moment: string) => `${dayInWords(moment, zone)} at ${sayTime(moment, zone)}`
  const several = changes.length > 1
  const said = changes.length > MOST_LINES ? changes.slice(0, LINES_OF_MANY) : changes
  const rest = changes.length - said.length
  const lines = [...said.map(({ from: before, to }) => `- ${at(before.startsAt)}${to ? `: ${way === 'asked' ? 'instead' : 'now'} ${at(to.startsAt)}` : ''}`), ...(rest > 0 ? [`- and ${rest} more, the last on ${dayInWords(changes.at(-1)![way === 'moved' ? 'to' : 'from']!.startsAt, zone)}. All of them stand in your plan.`] : [])].join('\n')
  const says = {
    asked: `${from} would like to move ${several ? 'appointments' : 'an appointment'} of yours:`,
    moved: `${from} has moved ${several ? 'appointments' : 'an appointment'} of yours:`,
    cancelled: `${from} has cancelled ${several ? 'these appointments' : 'this appointment'} of yours:`,
  }[way]
  const call = phone ? `call ${phone}` : 'call us'
  const next = {
    asked: `Nothing is moved before you say yes.${until ? ` We keep the new ${several ? 'times' : 'time'} for you until ${at(until)}.` : ''} ${link ? `Please say yes or no here; the link is yours alone and works once:\n${link}` : `Please ${call}.`}`,
    moved: link ? `If that does not suit you, say so here, or ${call}. The link is yours alone and works once:\n${link}` : `If that does not suit you, ${call}.`,
    cancelled: `If you have questions, or would like another time, ${call}.`,
  }[way]
  return { subject: `${way === 'asked' ? 'A question about your appointments' : 'Your appointments'} with ${from}`, body: `Hello ${givenName},\n\n${says}\n${lines}\n\n${next}` }
}

interface Offered {
  readonly changes: readonly { readonly from: { readonly startsAt: string; readonly online: boolean }; readonly to: { readonly startsAt: string; readonly online: boolean } }[]
  readonly until: string
  readonly held: boolean
}
const momentInWords = (at: string, zone: string) => `${dayInWords(at, zone)} at ${sayTime(at, zone)}`
const callOr = (phone: string) => (phone ? `call ${phone}` : 'call us')

/** A sooner time, in words: old beside new, until when, and whether others are asked as well. What the visits are stands in no message. */
export function offerWords(givenName: string, { from, phone, zone }: Outside, { changes, until, held }: Offered, link?: string): Pick<Message, 'subject' | 'body'> {
  const lines = changes.map(({ from: before, to }) => `- ${momentInWords(to.startsAt, zone)}${before.online === to.online ? '' : to.online ? ', online' : ', at the practice'}, instead of ${momentInWords(before.startsAt, zone)}`).join('\n')
  const kept = held ? `We keep it for you until ${momentInWords(until, zone)}.` : `Others who wait are asked as well, and the first yes has it. The offer ends on ${momentInWords(until, zone)}.`
  return { subject: `A sooner time with ${from}`, body: `Hello ${givenName},\n\nyou said that you would come sooner. At ${from} a time has come free:\n${lines}\n\n${kept} Nothing is moved before you say yes, and without an answer nothing changes. ${link ? `Say yes or no here; the link is yours alone and works once:\n${link}` : `To say yes or no, ${callOr(phone)}.`}` }
}

/** To somebody who had not answered yet. */
export const offerGoneWords = (givenName: string, { from, phone, zone }: Outside, { changes, taken }: Pick<Offered, 'changes'> & { readonly taken: boolean }): Pick<Message, 'subject' | 'body'> => ({
  subject: `About the sooner time with ${from}`,
  body: `Hello ${givenName},\n\nthe sooner time that we offered you (${changes.map(({ to }) => momentInWords(to.startsAt, zone)).join('; ')}) ${taken ? 'has been taken by somebody else who waits' : 'is not free any more'}. You need do nothing. Your appointment stays where it was, and you stay on the list for a sooner time.\n\nIf you have questions, ${callOr(phone)}.`,
})

const dayInWords = (at: string, zone: string) => new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${localDay(at, zone)}T12:00:00Z`))
