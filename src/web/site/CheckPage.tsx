import type { Protocol } from '../../core/course/protocol.ts'
import { helpLines, precheck, precheckEnds, type PrecheckQuestion } from '../../knowledge/pages.ts'
import { HelpLines } from './Help.tsx'
import { fill, slotsOf } from './slots.ts'

/**
 * The anonymous check. Everything that reacts is CSS (`:has`, `:valid`): it works without script and without
 * network, and nothing a person ticks goes anywhere until they press the button that says so.
 */
export function CheckPage({ protocol }: { readonly protocol: Protocol }) {
  const slots = slotsOf(protocol)
  return (
    <article className="single">
      <h1>A private check</h1>
      <p className="opening__lead">Eight questions, a few minutes. They show whether a first talk makes sense now, or who could help you better.</p>
      <p>Your answers stay on this screen. Nobody sees them, we do not store them, and they are gone when you close the page. Only a button at the end can send them, if you want that.</p>
      <form className="check" method="post" action="/inquiry" autoComplete="off">
        <input type="hidden" name="step" value="carry" />
        {precheck.map((question, place) => <Asked key={question.id} question={question} place={place} slots={slots} />)}
        <Ends />
        <p className="check__always" aria-hidden="true">{helpLines.flatMap((line) => line.ways).map((way) => <a key={way.href} href={way.href} tabIndex={-1}>{way.label}</a>)}</p>
      </form>
    </article>
  )
}

function Asked({ question, place, slots }: { readonly question: PrecheckQuestion; readonly place: number; readonly slots: Readonly<Record<string, string>> }) {
  const opensHelp = question.answers.some((answer) => answer.help || answer.leads === 'crisis')
  return (
    <>
      <fieldset className="asked" aria-describedby={question.why ? `why-${question.id}` : undefined}>
        <legend><span className="asked__count">{place + 1} of {precheck.length}</span> {question.asks}</legend>
        {question.why && <p className="asked__why" id={`why-${question.id}`}>{question.why}</p>}
        {question.answers.map((answer) => (
          <div key={answer.id} className="answer">
            <label className="k-tile">
              <input type="radio" required name={`check.${question.id}`} value={answer.id} data-leads={answer.leads} data-help={answer.help || answer.leads === 'crisis' ? true : undefined} />
              <span>{fill(answer.label, slots)}</span>
            </label>
            {answer.reply && <div aria-live="polite"><p className="answer__reply">{answer.reply}</p></div>}
          </div>
        ))}
      </fieldset>
      {opensHelp && (
        // The live region is always there and only its content appears, so that a screen reader says it at once.
        <div className="now" aria-live="assertive"><div className="now__panel"><p className="now__word">You can talk to somebody this minute. You do not have to explain yourself.</p><HelpLines /></div></div>
      )}
    </>
  )
}

const Ends = () => (
  <div className="ends" aria-live="polite">
    {(['unfinished', 'talk', 'not-now', 'crisis'] as const).map((end) => (
      <section key={end} className="end" data-end={end}>
        <h2>{precheckEnds[end].heading}</h2>
        {precheckEnds[end].says.map((line) => <p key={line}>{line}</p>)}
        {end === 'crisis' && <><HelpLines /><p>Please do not write to us now: it may be hours until somebody reads it. When you have talked to someone, we are still here.</p></>}
      </section>
    ))}
    <div className="ends__ways">
      <p>If you want to write to us, it is for you to say whether your answers come along:</p>
      <p className="invitation__ways">
        <a className="k-button k-button--primary" href="/inquiry">Write, and leave my answers here</a>
        <button className="k-button k-button--quiet" type="submit" formNoValidate>Write, and bring my answers</button>
      </p>
      <p className="soft">If you bring them, you see them once more on the next page, and can still leave them out.</p>
    </div>
    <p><button className="k-button k-button--plain" type="reset">Clear all answers</button></p>
  </div>
)
