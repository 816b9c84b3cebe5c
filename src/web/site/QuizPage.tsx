import { linearPoints } from '../../core/measures/points.ts'
import type { Instrument, InstrumentItem } from '../../core/measures/instrument.ts'
import { quizzes, type Quiz } from '../../knowledge/pages.ts'
import { HelpLines } from './Help.tsx'

export const quizOf = (id: string): Quiz | undefined => quizzes.find((quiz) => quiz.id === id)

/** Six themes, each with a page of its own. */
export const QuizzesPage = () => (
  <article className="single">
    <h1>Six short looks at yourself</h1>
    <p className="opening__lead">Each takes a few minutes. Your answers stay on your own screen: they are not sent, and not stored.</p>
    <p>None of them tells you what you have. They can help you to put into words what you would like to talk about.</p>
    <ul className="points">{quizzes.map(({ id, title, about }) => <li key={id}><a href={`/quizzes/${id}`}>{title}</a>. {about}</li>)}</ul>
    <p className="aside">In danger, or thinking of ending your life? <a href="/help">Help right now</a>.</p>
  </article>
)

/** One theme. The number is counted by the stylesheet alone, so that no answer leaves the screen. */
export function QuizPage({ quiz, form }: { readonly quiz: Quiz; readonly form: Instrument | undefined }) {
  const points = form && linearPoints(form)
  return (
    <article className="single">
      <h1>{quiz.title}</h1>
      <p className="opening__lead">{quiz.about}</p>
      {form && points
        ? <Asked quiz={quiz} form={form} points={points} />
        : <>{quiz.instrument !== undefined && <p className="aside">There is a questionnaire for this. Its words belong to somebody else, and are shown only where a practice has brought its own copy. These questions help without it.</p>}<Think quiz={quiz} /><Helps quiz={quiz} /></>}
      <h2>If it is more than that today</h2>
      <HelpLines />
      <p className="invitation__ways"><a className="k-button k-button--primary" href="/inquiry">Write to us</a> <a className="k-button k-button--quiet" href="/quizzes">The other five</a></p>
      <p className="soft">If you write to us, nothing of what you answered here comes along.</p>
    </article>
  )
}

type Points = NonNullable<ReturnType<typeof linearPoints>>

function Asked({ quiz, form, points }: { readonly quiz: Quiz; readonly form: Instrument; readonly points: Points }) {
  const asked = form.items.filter((item) => points.of.has(item.id) || choicesOf(item).length > 0)
  return (
    <form className="quiz" autoComplete="off">
      <p>{form.title}. Your answers stay on this screen, and are gone when you close the page.</p>
      {form.stem && <p className="asking__stem">{form.stem}</p>}
      {asked.map((item, place) => <Question key={item.id} item={item} count={`${place + 1} of ${asked.length}`} points={points.of.get(item.id) ?? new Map()} />)}
      <p className="quiz__open">When every question is answered, your number stands here.</p>
      <section className="quiz__end" aria-live="polite">
        <h2>Your number: <span className="quiz__number" /> on a scale from {points.min} to {points.max}</h2>
        <p>{quiz.number}</p>
        <Helps quiz={quiz} />
      </section>
      <p><button className="k-button k-button--plain" type="reset">Clear all answers</button></p>
    </form>
  )
}

const Question = ({ item, count, points }: { readonly item: InstrumentItem; readonly count: string; readonly points: ReadonlyMap<number, number> }) => (
  <fieldset className="asked">
    <legend><span className="asked__count">{count}</span> {item.text}</legend>
    {choicesOf(item).map(({ value, text }) => (
      <div key={value} className="answer"><label className="k-tile"><input type="radio" required name={item.id} value={value} data-points={points.get(value)} /><span>{text}</span></label></div>
    ))}
  </fieldset>
)

const choicesOf = ({ answer }: InstrumentItem): readonly { readonly value: number; readonly text: string }[] =>
  answer.kind === 'choice' ? answer.options : answer.kind === 'yes-no' ? [{ value: 1, text: 'Yes' }, { value: 0, text: 'No' }] : []

const Think = ({ quiz }: { readonly quiz: Quiz }) => <section><h2>To think about</h2><ul className="points">{quiz.think.map((line) => <li key={line}>{line}</li>)}</ul></section>

const Helps = ({ quiz }: { readonly quiz: Quiz }) => (
  <>
    <h2>What can help</h2>
    <ul className="points">{quiz.helps.map((line) => <li key={line}>{line}</li>)}</ul>
    <h2>Where to turn</h2>
    <p>{quiz.turn}</p>
  </>
)
