import { helpLines, untilHelpComes } from '../../knowledge/pages.ts'
import type { PracticeView } from './practice.ts'

/** Numbers where somebody answers at any hour. `plain` where the device makes no calls and is nobody's own. */
export const HelpLines = ({ plain = false }: { readonly plain?: boolean }) => (
  <ul className="lines">
    {helpLines.map((line) => (
      <li key={line.id}>
        <strong>{line.name}</strong>
        <span>{line.says}</span>
        <span className="lines__ways">{plain ? line.ways.map(({ label }) => label).join(', or ') : line.ways.map((way) => <a key={way.href} className="k-button k-button--primary" href={way.href}>{way.label}</a>)}</span>
      </li>
    ))}
  </ul>
)

/** The page for the worst hour: who answers now, and what to do until then. */
export const HelpPage = ({ practice }: { readonly practice: PracticeView }) => (
  <article className="single">
    <h1>Help right now</h1>
    <p className="opening__lead">You do not have to be sure that it is bad enough. Call.</p>
    <HelpLines />
    <h2>Until somebody is there</h2>
    <ul className="points">{untilHelpComes.map((line) => <li key={line}>{line}</li>)}</ul>
    <h2>If you are in treatment with us</h2>
    <p>
      {practice.crisisLine ? <>Call us at <a href={`tel:${practice.crisisLine.replaceAll(/[^\d+]/g, '')}`}>{practice.crisisLine}</a>, at night too. </> : <>Call us at <a href={`tel:${practice.phone.replaceAll(/[^\d+]/g, '')}`}>{practice.phone}</a>. We answer {practice.hours}. </>}
      If nobody answers, do not wait for us: call 988 or 911. Messages and forms are not read at night.
    </p>
    <p>If somebody had a dose in the last day and cannot be woken, breathes badly, or has chest pain or a very strong headache, call 911 and say that they were given ketamine.</p>
  </article>
)
