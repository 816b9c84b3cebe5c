import { useEffect, useRef } from 'react'

export type ThreadState = 'done' | 'next' | 'planned' | 'blocked' | 'missed'

export interface ThreadVisit {
  readonly id: string
  /** What it is, in the reader's words: "Preparation 2". */
  readonly label: string
  readonly state: ThreadState
  /** When, as people say it. */
  readonly when?: string | undefined
  /** What blocks it, or what is missing. */
  readonly note?: string | undefined
  /** The visits the course turns on are drawn larger. */
  readonly large?: boolean | undefined
}

export interface ThreadProps {
  readonly label: string
  readonly visits: readonly ThreadVisit[]
  /** One sentence under the line; made from the next visit unless given. */
  readonly caption?: string | undefined
  /** Writes each label under its dot, where there is room to scroll. */
  readonly labels?: boolean
  readonly selected?: string | null
  readonly onSelect?: (id: string) => void
}

const words: Record<ThreadState, string> = { done: 'done', next: 'next', planned: 'planned', blocked: 'waiting', missed: 'did not happen' }

/** The whole line as one person would say it of one visit. */
const said = ({ label, when, state, note }: ThreadVisit) => [label, when, words[state], note].filter(Boolean).join(', ')

function saidOfAll(visits: readonly ThreadVisit[]) {
  const done = visits.filter((visit) => visit.state === 'done').length
  const here = visits.find((visit) => visit.state === 'next' || visit.state === 'blocked')
  return here
    ? `${done} of ${visits.length} behind you. ${here.state === 'blocked' ? 'Waiting' : 'Next'}: ${[here.label, here.when, here.note].filter(Boolean).join(' · ')}`
    : `${done} of ${visits.length} done.`
}

/** A course as one horizontal line: a dot for each visit, what is done filled, where you are ringed, what waits a diamond. */
export function Thread({ label, visits, caption, labels = false, selected, onSelect }: ThreadProps) {
  const line = useRef<HTMLOListElement>(null)
  const here = visits.findIndex((visit) => visit.state === 'next' || visit.state === 'blocked')

  // Where the line is longer than the screen, it opens at the place where the person is.
  useEffect(() => {
    const dot = line.current?.children[here]
    if (line.current && dot instanceof HTMLElement) line.current.scrollLeft = dot.offsetLeft - line.current.clientWidth / 2
  }, [here])

  return (
    <figure className={labels ? 'k-thread k-thread--labels' : 'k-thread'} aria-label={label}>
      {/* A long course scrolls on a narrow screen, so the line itself can be reached by key where no visit can. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ol ref={line} className="k-thread__line" tabIndex={onSelect ? undefined : 0}>
        {visits.map((visit) => (
          <li key={visit.id} className="k-thread__visit" data-state={visit.state} data-large={visit.large || undefined} aria-current={visit.state === 'next' ? 'step' : undefined}>
            {onSelect
              ? <button type="button" className="k-thread__dot" aria-pressed={selected === visit.id} onClick={() => onSelect(visit.id)}><span className="heard">{said(visit)}</span></button>
              : <span className="k-thread__dot"><span className="heard">{said(visit)}</span></span>}
            {labels && <span className="k-thread__label" aria-hidden="true">{visit.label}{visit.when && <><br />{visit.when}</>}</span>}
          </li>
        ))}
      </ol>
      <figcaption className="k-thread__now">{caption ?? saidOfAll(visits)}</figcaption>
    </figure>
  )
}
