import { helpFrom } from '../../../core/measures/given.ts'
import type { Instrument, InstrumentItem } from '../../../core/measures/instrument.ts'
import { RadioTiles, Scale, TextField } from '../../kit/index.ts'
import { HelpLines } from '../Help.tsx'
import { NotSent } from '../NotSent.tsx'
import { one, type SentForm } from '../practice.ts'

/** One questionnaire behind a link. Nothing of a chart stands here but a first name and how many forms are open. */
export interface QuestionsAsked {
  readonly from: string
  readonly phone: string
  readonly hours: string
  /** Whether anybody at the practice is on call when the page is opened. */
  readonly watched: string
  readonly givenName: string
  readonly instrument: Instrument
  readonly count: number
  readonly begun: readonly string[]
  readonly entry: string
  readonly form?: SentForm | undefined
  /** The practice's tablet, in the hands of whoever answers: minutes without a touch after which it is covered, and the name under which it keeps what has not arrived. */
  readonly tablet?: { readonly coverMin: number; readonly place: string } | undefined
}

/** Scales of at most so many steps are keys; longer ones are a number that is typed. */
const MOST_KEYS = 11

/** Works as plain HTML, every question on one page; the script beside it asks one at a time, keeps each answer, and waits for a connection. */
export function QuestionsPage({ asked }: { readonly asked: QuestionsAsked }) {
  const { instrument, givenName, count, begun, entry, form, watched, tablet } = asked
  const problems = form?.problems ?? {}
  const left = instrument.items.filter(({ id, required }) => required && !begun.includes(id)).length
  return (
    <article className="single asking">
      <h1>{instrument.title}</h1>
      <p className="opening__lead">Hello {givenName}. {instrument.says}{count > 1 ? ` It is the first of ${count}.` : ''}{tablet ? ' Take the time you need.' : ''}</p>
      <NotSent problems={problems} />
      <form className="request" method="post" noValidate data-asking data-left={left} {...(tablet ? { 'data-cover': tablet.coverMin, 'data-place': tablet.place } : {})}>
        <input type="hidden" name="instrument" value={instrument.id} />
        <input type="hidden" name="entry" value={entry} />
        {instrument.stem && <p className="asking__stem">{instrument.stem}</p>}
        <ol className="asking__questions">
          {instrument.items.map((item, place) => (
            <li key={item.id} id={item.id} data-item={item.id} tabIndex={-1} {...(begun.includes(item.id) ? { 'data-begun': '' } : item.required ? { 'data-needed': '' } : {})} {...(item.askedWhen ? { 'data-when': `${item.askedWhen.item} ${item.askedWhen.is}` } : {})} {...(helpFrom(instrument, item.id) === undefined ? {} : { 'data-help': helpFrom(instrument, item.id) })}>
              <Question item={item} from={helpFrom(instrument, item.id)} hint={`Question ${place + 1} of ${instrument.items.length}`} value={one(form?.values ?? {}, item.id)} problem={problems[item.id]} />
              {begun.includes(item.id) && <p className="k-field__hint">You answered this before, and the answer is kept. Choose again only to change it.</p>}
              {helpFrom(instrument, item.id) !== undefined && <HelpNow asked={asked} />}
            </li>
          ))}
        </ol>
        <div className="asking__open wrong" role="alert" hidden={Object.keys(problems).length === 0} data-open>
          <p>Some questions are still open. You may send the form without them; it stays on your list, because it cannot be counted like this.</p>
          <p><button className="k-button k-button--plain" type="submit" name="gaps" value="yes">Send it without these answers</button></p>
        </div>
        <div className="asking__send">
          <p className="asking__steps" hidden data-steps><button className="k-button k-button--quiet k-button--room" type="button" data-back>Back</button><button className="k-button k-button--quiet k-button--room" type="button" data-next>Next</button></p>
          <button className="k-button k-button--primary k-button--room" type="submit" data-send>Send my answers</button>
          <p className="k-field__hint" role="status" data-status />
          {tablet && <p><button className="k-button k-button--plain" type="submit" name="back" value="yes" formNoValidate data-put-down>Stop here, and give the tablet back</button></p>}
          <p hidden data-views><button className="k-button k-button--plain" type="button" data-view>Show all questions on one page</button></p>
        </div>
      </form>
      <p className="aside">{tablet ? 'If you do not feel well, tell somebody here: you are not alone in the house. ' : <>If you are in danger now, <a href="tel:988">call or text 988</a>, or call <a href="tel:911">911</a>. </>}{instrument.risk ? `If an answer says that you think of death or of harming yourself, it goes to us at once, before you send the form. ${watched} ` : ''}{instrument.risk ? 'Other answers' : 'Your answers'} are read on working days, not at night.</p>
      {tablet && <Cover />}
    </article>
  )
}

/** What stands there once nobody has touched it for a while: the questions, and what was answered, are taken off the page. */
const Cover = () => <template data-covered><CoveredPage /></template>

/** Without a script as well, help stands there in the moment in which an answer marked for it is chosen. */
function Question({ item, from = Infinity, hint, value, problem }: { readonly item: InstrumentItem; readonly from: number | undefined; readonly hint: string; readonly value: string; readonly problem: string | undefined }) {
  const field = { name: item.id, label: item.text, hint, problem, optional: !item.required }
  const { answer } = item
  if (answer.kind === 'slider' && answer.max - answer.min < MOST_KEYS) return <Scale {...field} from={answer.min} to={answer.max} ends={[answer.low, answer.high]} {...(value === '' ? {} : { defaultValue: Number(value) })} />
  if (answer.kind === 'slider') return <TextField {...field} hint={`${hint}. A number from ${answer.min} (${answer.low}) to ${answer.max} (${answer.high}).`} inputMode="numeric" maxLength={3} defaultValue={value} />
  const choices = answer.kind === 'yes-no' ? [{ value: 'true', label: 'Yes', marked: from <= 1 }, { value: 'false', label: 'No' }] : answer.options.map((option) => ({ value: String(option.value), label: option.text, marked: option.value >= from }))
  return <RadioTiles {...field} choices={choices} tile="9.5rem" defaultValue={value} />
}

const HelpNow = ({ asked }: { readonly asked: QuestionsAsked }) => (asked.tablet ? <HelpHere watched={asked.watched} /> : <HelpThere asked={asked} />)

/** They are in the house: the first help is whoever is there. */
const HelpHere = ({ watched }: Pick<QuestionsAsked, 'watched'>) => (
  <section className="asking__help" aria-live="assertive">
    <h2>Somebody is here with you: tell them</h2>
    <p>Thank you for saying it. You can stop here. Give the tablet to whoever is nearest, or call out: people here are told now, and come to you.</p>
    <p>{watched} <span data-unsent hidden><strong>There is no connection at the moment: nobody knows of this yet. Tell somebody here now.</strong></span></p>
    <p>For when you are at home, at any hour:</p>
    <HelpLines plain />
  </section>
)

const HelpThere = ({ asked: { phone, hours, watched } }: { readonly asked: QuestionsAsked }) => (
  <section className="asking__help" aria-live="assertive">
    <h2>You do not have to be alone with this</h2>
    <p>Thank you for saying it. If it could become dangerous now, or you cannot bear it, these people answer at any hour:</p>
    <HelpLines />
    <p>With this answer, people at the practice are told at once, and a clinician calls you. {watched}{hours ? ` The practice is there ${hours}.` : ''}{phone ? <> Their number is <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>.</> : null} <span data-unsent hidden><strong>There is no connection at the moment: nobody at the practice knows of this yet. Do not wait for that.</strong></span></p>
  </section>
)

/** After such an answer was sent. */
export const QuestionsHelpPage = ({ asked }: { readonly asked: HelpAsked }) => (asked.tablet ? <TabletHelp more={asked.more} /> : <LinkHelp asked={asked} />)

type HelpAsked = Pick<QuestionsAsked, 'phone' | 'hours' | 'watched' | 'tablet'> & { readonly more: boolean }

const TabletHelp = ({ more }: Pick<HelpAsked, 'more'>) => (
  <article className="single">
    <h1>Thank you for telling us</h1>
    <p className="opening__lead">Somebody is here with you: tell them. Your answers have arrived, and people here were told.</p>
    <form method="post" action="./"><p><button className="k-button k-button--primary k-button--room" type="submit" name="back" value="yes">Give the tablet back</button></p></form>
    {more && <p><a className="k-button k-button--quiet k-button--room" href="./">There is one more form, if you want to go on</a></p>}
    <h2>For when you are at home, at any hour</h2>
    <HelpLines plain />
  </article>
)

/** It was handed over, and is not any more: nothing of whose it was. */
export const BackPage = () => <PutDown title="Thank you" says="What you answered is kept. Give the tablet back to the people here." />
export const CoveredPage = () => <PutDown title="Give the tablet back to the people here" says="Nobody touched it for a while, or its time is over, so it shows nothing more. What was answered is kept: somebody here can hand it over again, and it goes on from there." />

const PutDown = ({ title, says }: { readonly title: string; readonly says: string }) => (
  <article className="single put-down">
    <h1 tabIndex={-1}>{title}</h1>
    <p className="opening__lead">{says}</p>
    <p className="put-down__work"><a href="/sign-in">For people who work here: sign in</a></p>
  </article>
)

const LinkHelp = ({ asked: { phone, hours, watched, more } }: { readonly asked: HelpAsked }) => (
  <article className="single">
    <h1>Thank you for telling us</h1>
    <p className="opening__lead">If it could become dangerous, or you cannot bear it, these people answer at any hour:</p>
    <HelpLines />
    <p>Your answers have arrived, people at the practice were told, and a clinician calls you. {watched}{hours ? ` The practice is there ${hours}.` : ''}</p>
    {phone ? <p>The practice’s number is <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>.</p> : null}
    {more ? <p><a className="k-button k-button--quiet" href="./">There is one more form, when you are ready</a></p> : null}
  </article>
)
