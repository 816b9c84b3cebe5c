import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef, type ReactNode } from 'react'
import { Button, Notice } from '../../kit/index.ts'
import { refusalOf, type Refusal } from './use-act.ts'

/** What was asked for, once it is here. Until then it says that it is being read; if it failed, why, and offers to try again. */
export function Loaded<Data>({ query, what, children }: { readonly query: UseQueryResult<Data>; readonly what: string; readonly children: (data: Data) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <Refused refusal={refusalOf(query.error)}><Button onClick={() => void query.refetch()}>Try again</Button></Refused>
  return <p className="soft" role="status">Reading {what} …</p>
}

/** What did not happen, and the whole list of why. Read out as it appears. */
export function Refused({ refusal, children }: { readonly refusal: Refusal | undefined; readonly children?: ReactNode }) {
  if (!refusal) return null
  return (
    <Notice urgent level="caution" what={refusal.what}>
      {refusal.list.length > 0 && <ul className="d-reasons">{refusal.list.map(({ code, says }, place) => <li key={`${code} ${place}`}>{says}</li>)}</ul>}
      {children}
    </Notice>
  )
}

/** A name in a heading's place that also labels its section. */
export function Section({ id, title, end, level = 2, children }: { readonly id: string; readonly title: ReactNode; readonly end?: ReactNode; readonly level?: 2 | 3; readonly children: ReactNode }) {
  const Tag = `h${level}` as const
  return (
    <section aria-labelledby={id} className="d-section">
      <div className="k-heading"><Tag id={id}>{title}</Tag>{end && <span>{end}</span>}</div>
      {children}
    </section>
  )
}

/** What just happened, where the eye and the reading voice are: the button that did it may be gone. Give it a key to say the next thing. */
export function Told({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A dialog that closes gives the focus back first.
    const timer = setTimeout(() => place.current?.focus())
    return () => clearTimeout(timer)
  }, [])
  return <div ref={place} tabIndex={-1} className="d-told">{children}</div>
}
