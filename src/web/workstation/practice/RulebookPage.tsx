import { rulebook as shipped } from '../../../knowledge/rulebook.ts'
import { coursesInOrder } from '../../../core/rulebook/own-courses.ts'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { replacedBy } from '../../../core/course/own-course.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { Disclosure, Stack, Tag } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded, Section } from '../desk/parts.tsx'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { useRules } from '../rules.ts'
import { plainDay } from '../times.ts'
import { Adopt } from './Adopt.tsx'
import '../desk/desk.css'
import './practice.css'

/** The rows themselves weigh more than any screen, so they come after it. */
const Contents = lazy(() => import('./RulebookContents.tsx'))
const Codes = lazy(() => import('./codes/Codes.tsx'))
const Editions = lazy(() => import('./editions/Editions.tsx'))

/** Every rule that decides anything here, as a book to be read: the rule, its source, and who adopted it when. */
export function RulebookPage() {
  const query = useQuery({ queryKey: ['rulebook'], queryFn: () => call('rulebook') })
  const { book: { protocols } } = useRules()
  return (
    <Frame title="Rulebook">
      <Stack air="wide">
        <Stack air="tight">
          <h1 className="p-book__title">Rulebook</h1>
          <p>Everything this product decides by, word for word. What is marked as our proposal, or as not verified, holds only because the practice’s medical director has adopted it.</p>
          <p><a href="/work/rulebook/questionnaires">Questionnaires: which may be asked here, and on whose terms</a></p>
        </Stack>
        <Loaded query={query} what="the rulebook">{(rulebook) => <Adopted rulebook={rulebook} protocols={protocols} />}</Loaded>
        <Suspense fallback={<p className="soft" role="status">Opening the book …</p>}><Codes><Editions><Contents protocols={protocols} /></Editions></Codes></Suspense>
      </Stack>
    </Frame>
  )
}

type Now = Response<'rulebook'>

/** Which courses this practice works by, who adopted each, and when. The others wait folded, each with what it is and the way to adopt it. */
function Adopted({ rulebook, protocols }: { readonly rulebook: Now; readonly protocols: Rulebook['protocols'] }) {
  const { edition, sha256, protocols: adopted } = rulebook
  // The practice's own first. What has been replaced stands with the one that took its place, and in nobody's way here.
  const all = coursesInOrder(protocols, shipped.protocols).toSorted((a, b) => Number(b.own !== undefined) - Number(a.own !== undefined))
  const here = all.filter(({ id }) => adopted.some(({ protocol }) => protocol === id))
  const waiting = all.filter((course) => !here.includes(course) && !replacedBy(course.id, protocols))
  const [made, others] = [waiting.filter(({ own }) => own), waiting.filter(({ own }) => !own)]
  return (
    <Section id="adopted" title="Adopted by this practice">
      {here.length > 0 && <ul className="p-adopted">{here.map((course) => <li key={course.id} className="k-card" aria-label={course.name}><AdoptedCourse course={course} rulebook={rulebook} /></li>)}</ul>}
      {made.length > 0 && <p>Made here, and not in use before the medical director adopts {made.length === 1 ? 'it' : 'them'}:</p>}
      {made.length > 0 && <ul className="p-adopted">{made.map((course) => <li key={course.id} className="k-card" aria-label={course.name}><MadeHere course={course} /></li>)}</ul>}
      {others.length > 0 && (
        <Disclosure open={here.length === 0} summary={`Not adopted here: ${others.length} ${others.length === 1 ? 'course' : 'courses'}, so not offered when a course is chosen`}>
          <ul className="p-others">{others.map((course) => <li key={course.id}><OtherCourse course={course} /></li>)}</ul>
        </Disclosure>
      )}
      <Disclosure summary={`Edition ${edition.split(' · ')[0] ?? edition}`}><p>Every decision names the edition it was made under, by this digest: <span className="numbers p-book__digest">{sha256}</span></p></Disclosure>
    </Section>
  )
}

function AdoptedCourse({ course: { id, name, says, own }, rulebook: { edition, protocols: adopted, history } }: { readonly course: Protocol; readonly rulebook: Now }) {
  const me = useMe()
  const adoption = adopted.find(({ protocol }) => protocol === id)
  if (!adoption) return null
  const day = (at: string) => plainDay(localDay(at, me?.practice.zone ?? 'UTC'))
  const earlier = history.filter((one) => one.protocol === id && one.adoptedAt !== adoption.adoptedAt)
  return (
    <Stack air="tight">
      <h3><a href={`/work/rulebook/courses/${id}`}>{name}</a></h3>
      {own && <p><Tag>this practice’s own</Tag></p>}
      <p className="soft">{says}</p>
      <p>Adopted by <strong>{adoption.adoptedBy}</strong> on {day(adoption.adoptedAt)}, in edition {adoption.edition}.{!adoption.offered && ` ${adoption.says}`}</p>
      {earlier.length > 0 && <Disclosure summary={`Adopted before: ${earlier.length}`}><ul>{earlier.toReversed().map((one) => <li key={one.adoptedAt}>{one.adoptedBy}, {day(one.adoptedAt)}, edition {one.edition}</li>)}</ul></Disclosure>}
      {isOne(me, 'medical-director') && !own && adoption.edition !== edition && <Adopt protocol={id} name={name} again sample={me?.practice.sample ?? false} />}
    </Stack>
  )
}

/** Signed here, and not in use before the medical director adopts it. */
function MadeHere({ course: { id, name, says, heldBack } }: { readonly course: Protocol }) {
  const me = useMe()
  return (
    <Stack air="tight">
      <h3><a href={`/work/rulebook/courses/${id}`}>{name}</a></h3>
      <p><Tag>this practice’s own</Tag> <Tag>not in use yet</Tag></p>
      <p className="soft">{says}</p>
      {heldBack && <p className="soft">{heldBack}</p>}
      {isOne(me, 'medical-director') ? <Adopt protocol={id} name={name} again={false} sample={me?.practice.sample ?? false} /> : <p className="soft">The medical director adopts it on this page.</p>}
    </Stack>
  )
}

function OtherCourse({ course: { id, name, says, heldBack } }: { readonly course: Protocol }) {
  const me = useMe()
  return (
    <Disclosure summary={<span>{name}{heldBack && <span className="soft"> · switched off as it ships</span>}</span>}>
      <Stack air="tight">
        <p>{says}</p>
        {heldBack && <p className="soft">{heldBack}</p>}
        <p><a href={`/work/rulebook/courses/${id}`}>Look at it, and make one of your own from it</a></p>
        {isOne(me, 'medical-director') ? <Adopt protocol={id} name={name} again={false} sample={me?.practice.sample ?? false} /> : <p className="soft">The medical director adopts it on this page.</p>}
      </Stack>
    </Disclosure>
  )
}
