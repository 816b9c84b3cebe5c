import type { Protocol } from '../../core/course/protocol.ts'
import { whereChoices } from '../../core/shared/us-states.ts'
import { accessWords, conditions, languages, precheck } from '../../knowledge/pages.ts'
import { Checkbox, CheckboxGroup, RadioTiles, Select, TextArea, TextField } from '../kit/index.ts'
import { carriedAnswers, inquiryChoices, stateIn } from './inquiry.ts'
import { NotSent } from './NotSent.tsx'
import { many, one, type FormValues, type PracticeView, type SentForm } from './practice.ts'
import { fill, slotsOf } from './slots.ts'
import { promiseHolds, waitSays } from './wait.ts'
import { WaitLine } from './WaitLine.tsx'

const empty: SentForm = { values: {}, problems: {} }

/** The request for a first call. Few things are needed; every other one may stay empty. */
export function InquiryPage({ practice, protocol, form = empty }: { readonly practice: PracticeView; readonly protocol: Protocol; readonly form?: SentForm | undefined }) {
  const { values, problems } = form
  const slots = slotsOf(protocol)
  const field = (name: string) => ({ name, id: name, defaultValue: one(values, name), problem: problems[name] })
  return (
    <article className="single">
      <h1>Write to us</h1>
      <p className="opening__lead">A name and a way to reach you are enough. {fill('Somebody then calls you for {callLength}.', slots)}</p>
      <p>{accessWords[protocol.access].says}</p>
      <WaitLine practice={practice} protocol={protocol} />
      <p className="aside">This form is not for emergencies: nobody reads it at night. <a href="/help">Help right now</a> is here, and at 988 and 911.</p>
      <NotSent problems={problems} />
      <form className="request" method="post" action="/inquiry" noValidate>
        <input type="hidden" name="step" value="send" />
        <p className="trap" aria-hidden="true"><label>Leave this empty <input name="website" tabIndex={-1} autoComplete="off" defaultValue="" /></label></p>
        <TextField {...field('name')} label="What may we call you?" autoComplete="name" maxLength={200} />
        <fieldset className="pair">
          <legend>How do we reach you?</legend>
          <p className="k-field__hint">One of the two is enough. We do not say what it is about to anybody else who answers.</p>
          <TextField {...field('phone')} label="Phone" type="tel" autoComplete="tel" maxLength={40} required={false} />
          <TextField {...field('email')} label="Email" type="email" autoComplete="email" maxLength={254} required={false} />
        </fieldset>
        <TextArea {...field('message')} label="What brings you?" hint="As much or as little as you like. Please leave out what should only be said in person." optional maxLength={4000} />
        <RadioTiles label="Are you in therapy with us already?" name="currentClient" choices={inquiryChoices.currentClient} defaultValue={one(values, 'currentClient')} problem={problems['currentClient']} />
        <details className="more" open={optionalGiven(values) || undefined}>
          <summary>More, if you like: it helps us to suggest the right person</summary>
          <div className="more__in">
            <CheckboxGroup label="What is it about?" name="conditions" choices={conditions.map((condition) => ({ value: condition.id, label: condition.name }))} defaultValue={many(values, 'conditions')} optional />
            <RadioTiles label="Where would you like to meet?" hint="Medicine sessions are always in our rooms." name="modality" choices={inquiryChoices.modality} defaultValue={one(values, 'modality')} optional />
            <Select label="Which state do you live in?" hint="It is where you would sit for a visit online: whoever sees you there needs a licence for it." name="sitsIn" empty="I would rather say later" choices={whereChoices} defaultValue={stateIn(values)} optional />
            <CheckboxGroup label="Which days suit you?" name="days" choices={inquiryChoices.days} defaultValue={many(values, 'days')} optional />
            <CheckboxGroup label="And when?" name="partOfDay" choices={inquiryChoices.partOfDay} defaultValue={many(values, 'partOfDay')} optional />
            <Select label="Which language would you like to speak?" name="language" choices={languages} defaultValue={one(values, 'language') || 'en'} optional />
            <TextArea {...field('therapistWish')} label="Whom would you like to work with?" hint="A name, or what matters to you in a therapist." optional maxLength={400} />
          </div>
        </details>
        <Carried form={form} slots={slots} />
        <p>We keep what you send for your request only, and do not pass it on. {practice.name} answers {practice.answersWithin ?? `during its hours, ${practice.hours}`}.</p>
        <p><button className="k-button k-button--primary" type="submit">Send my request</button></p>
      </form>
    </article>
  )
}

/** What was filled in below the fold comes back unfolded. */
const optionalGiven = (values: FormValues) => ['conditions', 'modality', 'sitsIn', 'days', 'partOfDay', 'therapistWish'].some((name) => many(values, name).some((value) => value.trim() !== ''))

/** Answers of the private check that the person chose to bring: shown once more, and left out with one tick. */
function Carried({ form, slots }: { readonly form: SentForm; readonly slots: Readonly<Record<string, string>> }) {
  const carried = carriedAnswers(form.values)
  if (Object.keys(carried).length === 0) return null
  const asked = precheck.flatMap((question) => {
    const answer = question.answers.find((one) => one.id === carried[question.id])
    return answer ? [{ question, answer }] : []
  })
  return (
    <fieldset className="carried">
      <legend>Your answers from the private check</legend>
      <dl className="known">{asked.map(({ question, answer }) => <div key={question.id}><dt>{question.asks}</dt><dd>{fill(answer.label, slots)}</dd></div>)}</dl>
      {asked.map(({ question, answer }) => <input key={question.id} type="hidden" name={`check.${question.id}`} value={answer.id} />)}
      <Checkbox framed name="sendAnswers" value="yes" label="Send these answers with my request" hint="Without this tick they are left out and not kept." defaultChecked={one(form.values, 'step') === 'send' ? one(form.values, 'sendAnswers') === 'yes' : true} />
    </fieldset>
  )
}

/** After sending: what happens now, and when, without promising more than is kept. */
export function SentPage({ practice, protocol }: { readonly practice: PracticeView; readonly protocol: Protocol }) {
  const slots = slotsOf(protocol)
  return (
    <article className="single">
      <h1>Thank you. We have it.</h1>
      <p className="opening__lead">Your request has arrived and is kept. You need not send it again.</p>
      <ol className="next">
        <li><strong>Somebody reads it.</strong> {practice.answersWithin ? `We answer ${practice.answersWithin}.` : `We read requests during our hours: ${practice.hours}.`} Not at night, and not on days when we are closed.</li>
        <li><strong>We call or write to you.</strong> {fill('Plan on {callLength}. We ask what you need and when you have time, and you ask us.', slots)}</li>
        <li><strong>We suggest a therapist and give our reasons.</strong> {promiseHolds(practice.firstVisit, protocol) ? fill('When you say yes, you meet within {firstVisitWithin}.', slots) : waitSays(practice.firstVisit, practice.zone).says}</li>
      </ol>
      <p>If you hear nothing, something went wrong on our side. Please call <a href={`tel:${practice.phone.replaceAll(/[^\d+]/g, '')}`}>{practice.phone}</a>.</p>
      <p className="aside">If it gets worse while you wait, do not wait for us: call or text 988, or call 911. <a href="/help">Help right now</a></p>
    </article>
  )
}
