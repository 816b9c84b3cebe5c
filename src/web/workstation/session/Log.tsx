import { memo } from 'react'
import { Button } from '../../kit/index.ts'
import type { LogLine } from './log.ts'
import { wallTime, type Room } from './room.ts'
import { useInRoom } from './room-context.tsx'

/** One ordered log for everybody who looks, with authors, and corrections shown over what they correct. */
export function Log({ lines, zone }: { readonly lines: readonly LogLine[]; readonly zone: Room['zone'] }) {
  const main = lines.filter(({ late }) => !late)
  const late = lines.filter((line) => line.late)
  return (
    // It scrolls, so it has to be reachable by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="r-log" aria-label="Log" tabIndex={0}>
      {late.length > 0 && (
        <section className="r-late" aria-label="Late entries">
          <h2>Late</h2>
          <p className="soft small">Kept and shown, marked late, and part of the closed record only once a clinician has taken them in.</p>
          <ol>{late.map((line) => <Line key={line.id} line={line} zone={zone} />)}</ol>
        </section>
      )}
      <ol>{main.map((line) => <Line key={line.id} line={line} zone={zone} />)}</ol>
    </section>
  )
}

const Line = memo(function Line({ line, zone }: { readonly line: LogLine; readonly zone: string }) {
  const { show } = useInRoom()
  return (
    <li className="r-line" data-weight={line.weight} data-kept={line.kept} data-entry={line.id}>
      <time dateTime={line.at}>{wallTime(line.at, zone)}</time>
      <span className="r-line__says">
        {line.says}
        {line.struck.map((before) => <del key={before.id}>{before.says} <span className="r-line__by">{before.by}</span></del>)}
        <span className="r-line__by">
          {line.by}{line.transcribed ? ' · written later' : ''}{line.late ? ` · ${line.late === 'arrived-after-close' ? 'arrived after the close' : 'happened after the close'}${line.review ? `, ${line.review}` : ''}` : ''}
          {line.kept !== 'saved' && <b> · {line.kept}</b>}
        </span>
      </span>
      {line.mayCorrect && !line.late && <Button kind="plain" aria-label={`Correct: ${line.says}`} onClick={() => show({ name: 'correct', entry: line.id })}>correct</Button>}
      {line.spoken && <Button kind="plain" aria-label={`${line.spoken === 'own' ? 'Listen and write out' : 'Listen'}: ${line.says}`} onClick={() => show({ name: 'spoken', entry: line.id })}>{line.spoken === 'own' ? 'write out' : 'listen'}</Button>}
    </li>
  )
}, (a, b) => a.zone === b.zone && JSON.stringify(a.line) === JSON.stringify(b.line))
