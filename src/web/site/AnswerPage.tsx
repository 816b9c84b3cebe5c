import type { ReactElement } from 'react'
import { whereChoices } from '../../core/shared/us-states.ts'
import { localDay, sayTime } from '../../core/shared/local-day.ts'
import { Checkbox, RadioTiles, Select, TextField } from '../kit/index.ts'
import { answerChoices as choices, type AnswerAsked } from './answer.ts'
import { NotSent } from './NotSent.tsx'
import { one, type SentForm } from './practice.ts'

export interface WhereKept extends AnswerAsked {
  readonly address: string | null
  readonly waits: string | null
  readonly joinFromMinBefore: number
}

const empty: SentForm = { values: {}, problems: {} }
type Fields = (name: string) => { readonly name: string; readonly defaultValue: string; readonly problem: string | undefined }

/** One screen, a first name and an hour: whoever else sees this page learns no more than that. */
export function AnswerPage({ asked, form = empty }: { readonly asked: AnswerAsked; readonly form?: SentForm | undefined }) {
  const { values, problems } = form
  const field: Fields = (name) => ({ name, defaultValue: one(values, name), problem: problems[name] })
  return (
    <article className="single">
      <h1>{asked.asks === 'ride' ? 'A question for you' : `Hello ${asked.givenName}`}</h1>
      <p className="opening__lead">{lead(asked)}</p>
      <NotSent problems={problems} />
      <form className="request" method="post" noValidate>
        {asked.asks === 'moved' ? <Moved asked={asked} /> : QUESTIONS[asked.asks]({ asked, field })}
        {asked.asks !== 'moved' && <p><button className="k-button k-button--primary k-button--room" type="submit">{asked.asks === 'ride' ? 'Send' : 'Send my answers'}</button></p>}
      </form>
      {asked.asks === 'where' && <p className="aside">If you are in danger now, call 911. If you cannot join, {asked.phone ? <>call <Phone number={asked.phone} /></> : 'call us'}.</p>}
      {(asked.asks === 'day-before' || asked.asks === 'morning') && <p className="aside">Be frank; at worst it moves to another day. If you do not feel well, or something has come up, {asked.phone ? <>call <Phone number={asked.phone} /></> : 'call us'} before you set out.</p>}
    </article>
  )
}

const when = (at: string, zone: string) => `${new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${localDay(at, zone)}T12:00:00Z`))}, ${sayTime(at, zone)}`

function lead({ asks, from, givenName, startsAt, zone, moved }: AnswerAsked): string {
  if (asks === 'moved') {
    const several = (moved?.changes.length ?? 0) > 1
    if (moved?.way === 'offered' || moved?.way === 'first-yes') return `You said that you would come sooner. At ${from} a time has come free. Nothing is moved before you say yes.`
    return moved?.way === 'asked' ? `${sentence(from)} would like to move ${several ? 'appointments' : 'an appointment'} of yours. Nothing is moved before you say yes.` : `${sentence(from)} has moved ${several ? 'appointments' : 'an appointment'} of yours.`
  }
  if (asks === 'ride') return `${givenName} named you as the adult who brings them home from ${from} on ${when(startsAt, zone).split(',').slice(0, 2).join(',')}.`
  if (asks === 'where') return `Your appointment with ${from} is by video: ${when(startsAt, zone)}. Where will you be for it?`
  return `A few questions before your appointment with ${from}: ${when(startsAt, zone)}.`
}

interface Asking { readonly asked: AnswerAsked; readonly field: Fields }
const QUESTIONS: Record<Exclude<AnswerAsked['asks'], 'moved'>, (asking: Asking) => ReactElement> = {
  ride: ({ field }) => <div id="comes"><RadioTiles label="Will you be there and bring them home?" {...field('comes')} choices={choices.comes} /></div>,
  where: ({ field }) => (
    <>
      <p>We ask each time, so that help would find you, and because whoever sees you needs a licence for the place where you are.</p>
      <Select label="In which state are you?" {...field('state')} id="state" choices={whereChoices} />
      <TextField {...field('place')} id="place" label="Street and number, and the town" hint="Or what would lead help to you." autoComplete="street-address" maxLength={300} />
      <TextField {...field('phone')} id="phone" label="At which number do we call if the picture fails?" type="tel" autoComplete="tel" maxLength={40} />
      <div id="company"><RadioTiles label="Are you alone, where nobody can hear you?" {...field('company')} choices={choices.company} /></div>
    </>
  ),
  'day-before': ({ asked, field }) => (
    <>
      <div id="fastingClear"><RadioTiles label="Is it clear to you from when on you eat and drink nothing?" {...field('fastingClear')} choices={choices.fastingClear} /></div>
      <div id="medicinesClear"><RadioTiles label="Is it clear to you which of your medicines to take, and which to leave?" {...field('medicinesClear')} choices={choices.medicinesClear} /></div>
      <Ride asked={asked} field={field} />
    </>
  ),
  morning: ({ asked, field }) => (
    <>
      <Moment name="food" label="When did you last eat?" time="At what time did you last eat?" field={field} />
      <Moment name="fluid" label="When did you last drink something?" time="At what time did you last drink?" field={field} />
      <div id="medicines"><RadioTiles label="Did you take your medicines as you were told?" {...field('medicines')} choices={choices.medicines} /></div>
      <div id="alcohol"><RadioTiles label="Alcohol or cannabis in the last two days?" {...field('alcohol')} choices={choices.alcohol} /></div>
      {asked.pressure && (
        <fieldset className="pair">
          <legend>Your blood pressure at home, if you measured it</legend>
          <TextField {...field('upper')} id="upper" label="The higher number" inputMode="numeric" maxLength={3} required={false} />
          <TextField {...field('lower')} id="lower" label="The lower number" inputMode="numeric" maxLength={3} required={false} />
        </fieldset>
      )}
      <Ride asked={asked} field={field} />
    </>
  ),
}

const Moment = ({ name, label, time, field }: { readonly name: 'food' | 'fluid'; readonly label: string; readonly time: string; readonly field: Fields }) => (
  <div className="moment" id={`${name}Day`}>
    <RadioTiles label={label} {...field(`${name}Day`)} choices={choices.day} />
    <TextField {...field(`${name}Time`)} id={`${name}Time`} label={time} type="time" hint="As your clock shows it." />
  </div>
)

const Ride = ({ asked: { rideNamed }, field }: Asking) => (
  <>
    <div id="ride"><RadioTiles label="Who brings you home?" hint="An adult who comes for you." {...field('ride')} choices={rideNamed ? choices.ride : choices.ride.filter(({ value }) => value !== 'coming')} /></div>
    <fieldset className="pair">
      <legend>If it is somebody you have not named yet</legend>
      <p className="k-field__hint">We ask them by a message whether they come. It says nothing about why.</p>
      <TextField {...field('rideName')} id="rideName" label="Their name" maxLength={200} required={false} />
      <TextField {...field('ridePhone')} id="ridePhone" label="Their phone" type="tel" maxLength={40} required={false} />
      <div id="rideAdult"><Checkbox name="rideAdult" value="yes" label="They are an adult" defaultChecked={field('rideAdult').defaultValue === 'yes'} problem={field('rideAdult').problem} /></div>
    </fieldset>
  </>
)

const sentence = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)

/** Each old and each new time, and one press that answers for all of them. */
function Moved({ asked: { moved, zone, phone } }: { readonly asked: AnswerAsked }) {
  if (!moved) return null
  const call = phone ? <>call <Phone number={phone} /></> : 'call us'
  const several = moved.changes.length > 1
  const stands = moved.way === 'moved'
  return (
    <div id="suits" className="times">
      <ol>{moved.changes.map(({ from, to, online }) => <li key={from}><span className="times__old">{stands ? <>Until now: <s>{when(from, zone)}</s></> : <>Now: {when(from, zone)}</>}</span><strong>{stands ? 'New' : 'Instead'}: {when(to, zone)}{online === undefined ? '' : online ? ', online' : ', at the practice'}</strong></li>)}</ol>
      <p className="k-field__hint">Times are those of the practice: {zoneName(zone)}.</p>
      {stands
        ? <><p>If it suits you, there is nothing to do. If not, tell us here, and we find another time together.</p><div className="times__answers"><button className="k-button k-button--quiet k-button--room" type="submit" name="suits" value="no">{several ? 'These times do not suit me' : 'This time does not suit me'}</button></div></>
        : <div className="times__answers"><button className="k-button k-button--primary k-button--room" type="submit" name="suits" value="yes">{several ? 'Yes, these times suit me' : 'Yes, this time suits me'}</button><button className="k-button k-button--quiet k-button--room" type="submit" name="suits" value="no">{several ? 'No, keep the old ones' : 'No, keep the old one'}</button></div>}
      <p className="aside">{!stands && moved.until ? <>{untilWhen(moved.way, several, when(moved.until, zone))} Without an answer nothing changes. </> : null}Would you rather talk? Then {call}.</p>
    </div>
  )
}

const untilWhen = (way: NonNullable<AnswerAsked['moved']>['way'], several: boolean, until: string) =>
  way === 'first-yes' ? `Others who wait are asked as well, and the first yes has it. The offer ends on ${until}.` : `We keep the new ${several ? 'times' : 'time'} for you until ${until}.`

/** A zone as people call it: "Pacific Time". */
const zoneName = (zone: string) => new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? zone

/** Where it is joined, as that stands now, and that it may have to wait where a licence may be missing. */
export const WhereKeptPage = ({ asked: { startsAt, zone, phone, address, waits, joinFromMinBefore } }: { readonly asked: WhereKept }) => (
  <article className="single">
    <h1>Thank you. We have it.</h1>
    <p className="opening__lead">Your appointment: {when(startsAt, zone)}. {address ? `The room opens about ${joinFromMinBefore} minutes before.` : ''}</p>
    {waits && <p className="aside">{waits}</p>}
    {address
      ? <p><a className="k-button k-button--primary k-button--room" href={address} rel="noreferrer noopener">Join the visit</a></p>
      : <p>Where to join is not entered yet. We tell you, or {phone ? <>call <Phone number={phone} /></> : 'call us'}.</p>}
    <p>Keep this page open until then; <a href="/my/plan">your own pages</a> show the button as well. If you go somewhere else before it begins, {phone ? <>call <Phone number={phone} /></> : 'call us'}.</p>
  </article>
)

/** They said yes, and somebody else was quicker. */
export const TakenPage = ({ phone }: { readonly phone: string }) => (
  <article className="single">
    <h1>The new time was just taken</h1>
    <p className="opening__lead">Thank you for your yes. It came through, but one of the new times is no longer free. Your old times stand; nothing was moved.</p>
    <p>The practice knows, and will find another time with you. If you would rather talk now, {phone ? <>call <Phone number={phone} /></> : 'call us'}.</p>
  </article>
)

/** They said no to another time. */
export const StaysPage = ({ phone }: { readonly phone: string }) => (
  <article className="single">
    <h1>Your appointment stays where it was</h1>
    <p className="opening__lead">Thank you for telling us. Nothing was moved, and there is nothing more to do.</p>
    <p>If you would rather talk about it, {phone ? <>call <Phone number={phone} /></> : 'call us'}. You can close this page.</p>
  </article>
)

/** A sooner time, and somebody else who waits was quicker. */
export const GonePage = ({ phone }: { readonly phone: string }) => (
  <article className="single">
    <h1>The sooner time is gone</h1>
    <p className="opening__lead">Thank you for your yes. Somebody else who waits was a little quicker. Your appointment stays where it was; nothing was moved.</p>
    <p>You stay on the list for a sooner time, and we write to you when one comes free. If you would rather talk now, {phone ? <>call <Phone number={phone} /></> : 'call us'}.</p>
  </article>
)

/** The same for what is unknown, used, too old or about a visit that has moved. */
export const EndedPage = ({ phone }: { readonly phone: string }) => (
  <article className="single">
    <h1>This link does not work any more</h1>
    <p className="opening__lead">It was used already, it is too old, or what it was about has changed. Nothing was lost, and nothing was changed.</p>
    <p>Look for a newer message from us, or {phone ? <>call <Phone number={phone} /></> : 'call us'}. If you have a sign-in, where your appointments stand and what is open for you is on <a href="/my">your own pages</a> as well.</p>
  </article>
)

/** `forms`: questionnaires that are open for the day, where the check of the morning leads on to them. */
export const ThanksPage = ({ phone, forms = 0 }: { readonly phone: string; readonly forms?: number }) => (
  <article className="single">
    <h1>Thank you. We have it.</h1>
    <p className="opening__lead">Your answer has arrived and is kept. You need not send it again{forms === 0 ? ', and can close this page' : ''}.</p>
    {forms > 0 && <><p>{forms === 1 ? 'One short form is' : `${forms} short forms are`} open for you today, before your appointment.</p><p><a className="k-button k-button--primary k-button--room" href="./">{forms === 1 ? 'Go on with the form' : 'Go on with the first form'}</a></p></>}
    <p>If something changes, {phone ? <>call <Phone number={phone} /></> : 'call us'}.</p>
  </article>
)

const Phone = ({ number }: { readonly number: string }) => <a href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>{number}</a>
