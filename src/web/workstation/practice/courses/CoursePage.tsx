import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { namedFigure, sayCourseValue } from '../../../../core/course/course-figures.ts'
import { replacedBy } from '../../../../core/course/own-course.ts'
import type { Protocol } from '../../../../core/course/protocol.ts'
import { courseIn } from '../../../../core/rulebook/own-courses.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { courseRows } from '../../../../knowledge/course-dials.ts'
import { Badge, ButtonLink, Notice, Select, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Section } from '../../desk/parts.tsx'
import { Frame } from '../../Frame.tsx'
import { isOne, useMe } from '../../me.ts'
import { useRules } from '../../rules.ts'
import { plainDay } from '../../times.ts'
import { Compared } from './Compared.tsx'
import '../../desk/desk.css'
import '../practice.css'

/** One course: where it comes from, in what it departs, and beside any other. */
export function CoursePage() {
  const { course: id } = useParams({ strict: false }) as { course: string }
  const { book, missing } = useRules()
  const course = courseIn(book, id)
  return (
    <Frame title={course?.name ?? 'Course'}>
      <Stack air="wide">
        <p><a href="/work/rulebook">Back to the rulebook</a></p>
        {course ? <About key={id} course={course} courses={book.protocols} /> : <Notice level="caution" what={missing ?? `There is no course “${id}” in the rulebook in force here.`} next="Open it again from the rulebook." />}
      </Stack>
    </Frame>
  )
}

function About({ course, courses }: { readonly course: Protocol; readonly courses: Readonly<Record<string, Protocol>> }) {
  const me = useMe()
  const newer = replacedBy(course.id, courses)
  return (
    <>
      <Stack>
        <h1 className="p-book__title">{course.name}</h1>
        <p className="p-book__intro">{course.says}</p>
        {course.heldBack && <p className="soft">Switched off as it ships. {course.heldBack}</p>}
        {newer && <p><a href={`/work/rulebook/courses/${newer.id}`}>“{newer.name}”</a> has taken its place. Who is on this one stays on it.</p>}
        {isOne(me, 'medical-director', 'prescriber') && !newer && (
          <div className="k-buttons"><ButtonLink kind="primary" href={`/work/rulebook/courses/${course.id}/copy`}>{course.own ? 'Change it' : 'Make a course of your own from this'}</ButtonLink></div>
        )}
      </Stack>
      {course.own && <Departs course={course} courses={courses} />}
      <Beside course={course} courses={courses} />
    </>
  )
}

/** Every figure in which a course of the practice departs, with who changed it, when and why. What is not here keeps its source. */
function Departs({ course, courses }: { readonly course: Protocol; readonly courses: Readonly<Record<string, Protocol>> }) {
  const me = useMe()
  const { data } = useQuery({ queryKey: ['editions'], queryFn: () => call('editions') })
  const own = course.own!
  const from = courseIn({ protocols: courses }, own.from)
  const signed = data?.editions.find(({ moves }) => moves.some(({ dial }) => dial === `courses/${course.id}`))
  const zone = me?.practice.zone ?? 'UTC'
  const day = plainDay(localDay(own.at, zone))
  const named = (path: string) => namedFigure(from ?? course, path, courseRows)
  return (
    <Section id="departs" title="Where it departs">
      <p>Made from {from ? <a href={`/work/rulebook/courses/${from.id}`}>“{from.name}”</a> : own.from}{signed && <> by <strong>{signed.adoptedBy}</strong></>} on {day}{signed?.countersignedBy && <>, signed by <strong>{signed.countersignedBy}</strong> as well</>}. “{own.reason}”</p>
      {own.changes.length > 0 && (
        <ul className="p-differs" aria-label="Figures that this practice proposes">
          {own.changes.map(({ path, from: was, to, way, reason, at }) => (
            <li key={path}>
              <span>{named(path).title}</span>
              <span className="p-differs__values">{sayCourseValue(was, named(path).unit)} <span aria-hidden="true">→</span><span className="heard">becomes</span> <strong>{sayCourseValue(to, named(path).unit)}</strong></span>
              {way === 'looser' ? <Badge level="caution">looser</Badge> : <span className="soft">tighter</span>}
              <span className="p-differs__why soft small">Proposed by this practice, {plainDay(localDay(at, zone))}{signed && `, ${signed.adoptedBy}`}{reason && reason !== own.reason && `: “${reason}”`}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="soft">Every other figure keeps the source it has in “{from?.name ?? own.from}”.</p>
    </Section>
  )
}

function Beside({ course, courses }: { readonly course: Protocol; readonly courses: Readonly<Record<string, Protocol>> }) {
  const [other, setOther] = useState<string | null>(course.own?.from ?? null)
  const to = courseIn({ protocols: courses }, other)
  const choices = Object.values(courses).filter(({ id }) => id !== course.id).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Section id="beside" title="Beside another course">
      <div className="d-form"><Select label="Compare with" hint="Every figure that differs, and what that moves" optional empty="No course" choices={choices} value={other} onChange={setOther} /></div>
      {to && <p className="soft">From “{to.name}” to “{course.name}”</p>}
      {to && <div className="p-beside"><Compared from={to} to={course} /></div>}
    </Section>
  )
}
