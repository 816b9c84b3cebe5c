import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { CourseValue } from '../../../../core/course/course-figures.ts'
import type { CourseRefusal } from '../../../../core/course/own-course.ts'
import type { Protocol } from '../../../../core/course/protocol.ts'
import { courseIn } from '../../../../core/rulebook/own-courses.ts'
import { courseRows } from '../../../../knowledge/course-dials.ts'
import { Button, ButtonLink, Checkbox, Disclosure, Notice, Stack, TextArea, TextField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { Loaded, Told } from '../../desk/parts.tsx'
import { Frame } from '../../Frame.tsx'
import { isOne, useMe } from '../../me.ts'
import { useRules } from '../../rules.ts'
import { Compared } from './Compared.tsx'
import { beginning, draftOf, groupsOf, judgeDraft, type Drafting, type FigureGroup } from './drafting.ts'
import { FigureField } from './FigureField.tsx'
import { SignCourse } from './SignCourse.tsx'
import '../../desk/desk.css'
import '../practice.css'

/** A course of the practice's own, made from another: its figures on one side, what differs and what moves on the other. */
export function CopyCourse() {
  const { course: id } = useParams({ strict: false }) as { course: string }
  const me = useMe()
  const { book, missing } = useRules()
  const query = useQuery({ queryKey: ['editions'], queryFn: () => call('editions') })
  const [signed, setSigned] = useState<{ readonly edition?: number; readonly name: string }>()
  const base = courseIn(book, id)
  return (
    <Frame title="A course of your own">
      <Stack air="wide">
        <p><a href={base ? `/work/rulebook/courses/${id}` : '/work/rulebook'}>Back to {base ? `“${base.name}”` : 'the rulebook'}</a></p>
        {signed ? signed.edition === undefined ? <Proposed name={signed.name} /> : <Signed edition={signed.edition} name={signed.name} />
          : !base ? <Notice level="caution" what={missing ?? `There is no course “${id}” in the rulebook in force here.`} next="Open it again from the rulebook." />
          : me && !isOne(me, 'medical-director', 'prescriber') ? <Notice what="A course is made by the medical director or a prescriber." next="Ask them if one here should be another." />
          : <Loaded query={query} what="the edition in force">{(now) => (now.broken ? <Notice level="call" what={now.broken} next="A course is made once the rulebook can be vouched for again." /> : <Workshop key={now.inForce} base={base} courses={book.protocols} on={now.inForce} onSigned={(edition, name) => setSigned({ edition, name })} onProposed={(name) => setSigned({ name })} />)}</Loaded>}
      </Stack>
    </Frame>
  )
}

const Signed = ({ edition, name }: { readonly edition: number; readonly name: string }) => (
  <Told><Notice what={`Signed: “${name}” stands in edition ${edition}.`} kept="Everybody under way stays on the course they are on." next="Nobody begins by it yet. The medical director adopts it in the rulebook; then it can be chosen."><ButtonLink href="/work/rulebook" kind="primary">Go to the rulebook</ButtonLink></Notice></Told>
)

const Proposed = ({ name }: { readonly name: string }) => (
  <Told><Notice what={`Proposed: “${name}”. It does not stand in the rulebook yet.`} kept="It waits there with everything you changed and why, and nobody is moved by it." next="Somebody else who treats here looks at it and signs it too. Tell them."><ButtonLink href="/work/rulebook#proposals" kind="primary">Go to what waits</ButtonLink></Notice></Told>
)

interface WorkshopProps {
  readonly base: Protocol
  readonly courses: Readonly<Record<string, Protocol>>
  readonly on: number
  readonly onSigned: (edition: number, name: string) => void
  readonly onProposed: (name: string) => void
}

/** What is said at its own field, and not once more in the list of what does not fit. */
const AT_ITS_FIELD: readonly CourseRefusal['code'][] = ['name', 'says', 'reason']

function Workshop({ base, courses, on, onSigned, onProposed }: WorkshopProps) {
  const [drafting, setDrafting] = useState<Drafting>(() => beginning(base))
  const groups = useMemo(() => groupsOf(base), [base])
  const draft = useMemo(() => draftOf(base, drafting), [base, drafting])
  const judged = useMemo(() => judgeDraft(base, draft, courses), [base, draft, courses])
  const shown = useDeferredValue(judged.course)
  const set = (some: Partial<Drafting>) => setDrafting((before) => ({ ...before, ...some }))
  const turn = (path: string, to: CourseValue | undefined) => setDrafting((before) => { const values = new Map(before.values); if (to === undefined) values.delete(path); else values.set(path, to); return { ...before, values } })
  const problemAt = (path: string) => judged.refusals.find((one) => one.path === path && one.code !== 'reason')
  const unfit = judged.refusals.filter(({ code }) => !AT_ITS_FIELD.includes(code))
  const beside = useRef<HTMLHeadingElement>(null)
  // The button that put it right is gone with what was wrong: the reading voice goes on where the list stood.
  const mend = ({ path, to }: NonNullable<CourseRefusal['mend']>) => { turn(path, to); beside.current?.focus() }
  const unreadable = judged.refusals.some(({ code }) => code === 'not-a-value')
  return (
    <Stack air="wide">
      <Stack air="tight">
        <h1 className="p-book__title">A course of your own, from “{base.name}”</h1>
        <p>Change what should be otherwise here. What you leave keeps its source; what you change is marked as this practice’s own proposal.{base.heldBack && ` It ships switched off, and so does every copy: ${base.heldBack}`}</p>
      </Stack>
      <div className="p-copy">
        <Stack air="wide">
          <Naming base={base} drafting={drafting} refusals={judged.refusals} onSet={set} />
          <section aria-label="Figures"><Stack air="tight">
            <h2>Figures</h2>
            {groups.map((group) => <Group key={group.id} group={group} drafting={drafting} problemAt={problemAt} onTurn={turn} />)}
          </Stack></section>
        </Stack>
        <aside className="p-copy__beside" aria-label={`Beside “${base.name}”`}>
          <Stack>
            <h2 ref={beside} tabIndex={-1} className="p-form__title">Beside the one it comes from</h2>
            {unfit.length > 0 && <Unfit refusals={unfit} groups={groups} onMend={mend} />}
            <Compared from={base} to={shown} laidOut={!unreadable} />
          </Stack>
        </aside>
        <section aria-label="Sign it" className="k-card p-copy__sign">
          <Stack>
            <h2>Sign it</h2>
            <TextArea label="Why it is made" hint={`Read by everybody who looks at this course later.${judged.isLooser ? ` Something in it is looser, so at least ${courseRows.reasonCharacters} characters.` : ''}`} value={drafting.reason} onChange={(reason) => set({ reason })} problem={judged.isLooser && drafting.reason.trim() !== '' && drafting.reason.trim().length < courseRows.reasonCharacters ? `${courseRows.reasonCharacters - drafting.reason.trim().length} characters more.` : undefined} />
            <SignCourse draft={draft} reason={drafting.reason} ready={judged.refusals.length === 0 && drafting.reason.trim().length >= 3} byTwo={judged.byTwo} missing={stillMissing(drafting, judged.refusals, unfit.length)} on={on} fromName={base.name} onSigned={(edition) => onSigned(edition, drafting.name.trim())} onProposed={() => onProposed(drafting.name.trim())} />
          </Stack>
        </section>
      </div>
    </Stack>
  )
}

/** What the person has still to write before it can be signed; what was written and is wrong is said at its own field. */
function stillMissing({ name, says, reason }: Drafting, refusals: readonly CourseRefusal[], unfit: number): readonly string[] {
  const blank = (text: string) => text.trim() === ''
  return [...(blank(name) ? ['a name'] : []), ...(blank(says) ? ['a sentence for patients'] : []), ...(blank(reason) || refusals.some(({ code }) => code === 'reason') ? ['why it is made'] : []), ...(unfit > 0 ? ['what does not fit yet'] : [])]
}

function Naming({ base, drafting: { name, says, replaces }, refusals, onSet }: { readonly base: Protocol; readonly drafting: Drafting; readonly refusals: readonly CourseRefusal[]; readonly onSet: (some: Partial<Drafting>) => void }) {
  const problem = (path: string, written: string) => (written.trim() === '' ? undefined : refusals.find((one) => one.path === path)?.says)
  return (
    <Stack>
      <TextField label="Name" hint="As the team and patients will read it" maxLength={courseRows.text.name[1]} value={name} onChange={(next) => onSet({ name: next })} problem={problem('name', name)} />
      <TextArea label="In one sentence, for patients" hint={`There it is: “${base.says}” Say what is so here.`} rows={2} maxLength={courseRows.text.says[1]} value={says} onChange={(next) => onSet({ says: next })} problem={problem('says', says)} />
      {base.own && <Checkbox label={`It takes the place of “${base.name}”`} hint="People under way stay on that one. Once this one is adopted, new courses begin by it." checked={replaces} onChange={(next) => onSet({ replaces: next })} />}
    </Stack>
  )
}

/** What does not fit yet, each with the one step that would put it right. */
function Unfit({ refusals, groups, onMend }: { readonly refusals: readonly CourseRefusal[]; readonly groups: readonly FigureGroup[]; readonly onMend: (mend: NonNullable<CourseRefusal['mend']>) => void }) {
  const figures = groups.flatMap(({ figures: some }) => some)
  return (
    <Notice level="caution" what={refusals.length === 1 ? 'One thing does not fit yet.' : `${refusals.length} things do not fit yet.`}>
      <ul className="p-unfit">
        {refusals.map(({ path, says, mend }) => {
          const figure = mend && figures.find((one) => one.path === mend.path)
          return <li key={`${path} ${says}`}><p>{says}</p>{mend && figure && <Button onClick={() => onMend(mend)}>{figure.title}: make it {sayMend(mend.to)}</Button>}</li>
        })}
      </ul>
    </Notice>
  )
}
const sayMend = (to: CourseValue) => (Array.isArray(to) ? to.join(', ') : typeof to === 'object' ? `${(to as { min: number }).min} to ${(to as { max: number }).max}` : String(to))

interface GroupProps {
  readonly group: FigureGroup
  readonly drafting: Drafting
  readonly problemAt: (path: string) => CourseRefusal | undefined
  readonly onTurn: (path: string, to: CourseValue | undefined) => void
}

/** The figures of one phase, folded under what was changed in it. It opens by itself where something does not fit. */
function Group({ group: { title, figures }, drafting, problemAt, onTurn }: GroupProps) {
  const changed = figures.filter(({ path }) => drafting.values.has(path)).length
  const wrong = figures.some(({ path }) => problemAt(path) !== undefined)
  // Once open it stays open, also when the last thing in it was put right.
  const [open, setOpen] = useState(false)
  if (!open && (wrong || changed > 0)) setOpen(true)
  return (
    <Disclosure open={open} summary={<span>{title} <span className="soft">{[wrong ? 'does not fit yet' : '', changed > 0 ? `${changed} changed` : ''].filter(Boolean).join(', ')}</span></span>}>
      <div className="p-figures">
        {figures.map((figure) => <FigureField key={figure.path} figure={figure} value={drafting.values.get(figure.path) ?? figure.stands} problem={problemAt(figure.path)} onChange={(to) => onTurn(figure.path, to)} onMend={({ path, to }) => onTurn(path, to)} />)}
      </div>
    </Disclosure>
  )
}
