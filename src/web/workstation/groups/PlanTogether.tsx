import { useState } from 'react'
import type { VisitType } from '../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../core/contract/contract.ts'
import type { GroupPlan, OwnWishes } from '../../../core/contract/groups.ts'
import { localDay, plusDaysOf } from '../../../core/shared/local-day.ts'
import { courseIn } from '../../../core/rulebook/own-courses.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, CheckboxGroup, Disclosure, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { sendAct } from '../../sync/send-act.ts'
import { Refused, Section, Told } from '../desk/parts.tsx'
import { planNames } from '../desk/ProposalCard.tsx'
import { useAct } from '../desk/use-act.ts'
import { VisitList } from '../desk/VisitList.tsx'
import { byStart, visitDay, visitNames } from '../desk/visits.ts'
import { isUpsideDown, WhenTheyCome, WishForm } from '../desk/WishForm.tsx'
import { noWishes, plannedTypes, wishesOf, type WishDraft } from '../desk/wishes.ts'
import { useRules } from '../rules.ts'
import type { GroupNow } from './GroupPage.tsx'

/** A course of several people is searched for; that may take longer than reading a page. */
const PATIENCE = { timeoutMs: 60_000 }
const USUALLY: readonly string[] = ['medicine', 'integration']

interface PlanProps {
  readonly now: GroupNow
  readonly onBooked: (words: string) => Promise<void>
}

/** Which visits they have together, when suits them, and plans by everybody’s rules at once. */
export function PlanTogether({ now, onBooked }: PlanProps) {
  const { book } = useRules()
  const courses = new Set(now.members.map(({ protocol }) => protocol))
  const protocol = courses.size === 1 ? courseIn(book, [...courses][0] ?? null) : undefined
  return (
    <Section id="plan" title="Plan for everybody">
      {protocol ? <Planning now={now} protocol={protocol} onBooked={onBooked} /> : <Notice level="caution" what="They cannot be planned together yet." kept="Everybody in it has to be on the same course. Choose it on each chart, under Plan." />}
    </Section>
  )
}

function Planning({ now, protocol, onBooked }: PlanProps & { readonly protocol: Parameters<typeof wishesOf>[1] & NonNullable<ReturnType<typeof courseIn>> }) {
  const types = plannedTypes(protocol).filter((type) => type !== 'medical-clearance')
  const [chosen, setChosen] = useState<readonly string[]>(USUALLY.filter((type) => types.includes(type)))
  const [draft, setDraft] = useState(() => noWishes(plusDaysOf(localDay(clock.now(), now.zone), 1)))
  const [own, setOwn] = useState<Readonly<Record<string, WishDraft>>>({})
  const [answer, setAnswer] = useState<Response<'planGroup'>>()
  const [picked, setPicked] = useState<GroupPlan>()
  const planning = useAct()
  const booking = useAct()
  const propose = () => {
    setAnswer(undefined)
    booking.forget()
    void planning.act(() => call('planGroup', { params: { group: now.id }, body: { types: chosen as VisitType[], wishes: wishesOf(draft, protocol), own: Object.entries(own).map(([chart, said]) => ownOf(chart, said, protocol)) } }, PATIENCE)).then(setAnswer)
  }
  const book = () => {
    if (!picked) return
    const { visits } = picked
    void booking.actAs((me) => sendAct([me.person, 'bookGroup', now.id, visits], (id) => call('bookGroup', { params: { group: now.id }, body: { id, device: me.device, visits } })), () => { setPicked(undefined); setAnswer(undefined) }).then((done) => {
      if (!done) return
      setPicked(undefined)
      setAnswer(undefined)
      void onBooked(`${done.booked === 1 ? 'One visit is' : `${done.booked} visits are`} booked for everybody at once. What each has alone is planned on their own chart, around these.`)
    })
  }
  return (
    <Stack air="wide">
      <CheckboxGroup label="What they do together" hint={`${protocol.name}. Every other visit is planned for each alone afterwards.`} tile="11rem" choices={types.map((type) => ({ value: type, label: visitNames[type] ?? type }))} value={chosen} onChange={(next) => { setChosen(next); setAnswer(undefined) }} />
      <WishForm draft={draft} onDraft={setDraft} protocol={protocol} zone={now.zone} pending={planning.pending} onPropose={propose}>
        <EachOfThem members={now.members} own={own} earliest={draft.earliest} onOwn={(chart, said) => { setOwn((all) => ({ ...all, [chart]: said })); setAnswer(undefined) }} />
      </WishForm>
      <Refused refusal={planning.refusal} />
      <Refused refusal={booking.refusal} />
      {answer && <Told key={JSON.stringify(answer).length}><Answer answer={answer} onPick={setPicked} /></Told>}
      {picked && <Book plan={picked} now={now} pending={booking.pending} onBook={book} onClose={() => setPicked(undefined)} />}
    </Stack>
  )
}

const ownOf = (chart: string, said: WishDraft, protocol: Parameters<typeof wishesOf>[1]): OwnWishes => {
  const { days, hard, from, to, blackout } = wishesOf(said, protocol)
  return { chart, days, hard, blackout, ...(from ? { from } : {}), ...(to ? { to } : {}) }
}

/** What holds for one of them and not for all: every one of these counts. */
function EachOfThem({ members, own, earliest, onOwn }: { readonly members: GroupNow['members']; readonly own: Readonly<Record<string, WishDraft>>; readonly earliest: string; readonly onOwn: (chart: string, said: WishDraft) => void }) {
  return (
    <div>
      <p className="k-field__label">If one of them can only come otherwise</p>
      <p className="k-field__hint">Their own days and hours hold for them instead of those above; their days away count as well.</p>
      {members.map(({ chart, name }) => {
        const said = own[chart] ?? { ...noWishes(earliest), firm: 'must' as const }
        return (
          <Disclosure key={chart} summary={own[chart] ? `${name}: said` : name}>
            <fieldset className="k-field" aria-label={`When ${name} can come`}><Stack air="wide"><WhenTheyCome draft={said} onDraft={(next) => onOwn(chart, next)} /></Stack></fieldset>
            {isUpsideDown(said) && <p className="k-field__problem" role="alert">One of the times of {name} lies before the other.</p>}
          </Disclosure>
        )
      })}
    </div>
  )
}

function Answer({ answer: { proposals, impossible }, onPick }: { readonly answer: Response<'planGroup'>; readonly onPick: (plan: GroupPlan) => void }) {
  if (proposals.length === 0) return <Notice urgent level="caution" what="There is no plan that keeps everybody’s rules. Nothing was booked."><ul className="d-reasons">{impossible.map(({ code, says }, place) => <li key={`${code} ${place}`}>{says}</li>)}</ul></Notice>
  return (
    <Section id="proposals" title={proposals.length === 1 ? 'One plan' : `${proposals.length} plans`} level={3}>
      <p className="soft">Each keeps the rules of everybody in the group. Nothing is booked until you book one.</p>
      <ol className="d-proposals" aria-label="Proposed plans">
        {proposals.map((plan) => {
          const name = planNames[plan.id] ?? plan.id
          return (
            <li key={plan.id} className="k-card d-proposal" aria-label={`${name} plan`}>
              <h4>{name}</h4>
              <p>{plan.says}</p>
              <p className="soft">Still to plan alone, with room for it: {plan.alone.map(({ name: who, visits }) => `${who} ${visits}`).join(', ')}.</p>
              {plan.notes.map((note) => <p key={note} className="soft">{note}</p>)}
              <div className="d-proposal__acts"><Button wide onClick={() => onPick(plan)}>Book {name.toLowerCase()} for everybody</Button></div>
              <Disclosure open={globalThis.innerWidth >= 700} summary={`All ${plan.visits.length} visits`}><VisitList visits={byStart(plan.visits)} label={`Visits of the ${name.toLowerCase()} plan`} /></Disclosure>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}

function Book({ plan, now, pending, onBook, onClose }: { readonly plan: GroupPlan; readonly now: GroupNow; readonly pending: boolean; readonly onBook: () => void; readonly onClose: () => void }) {
  const visits = byStart(plan.visits)
  const [first, last] = [visits[0], visits.at(-1)]
  return (
    <Dialog open title={`Book ${visits.length === 1 ? 'one visit' : `${visits.length} visits`} for ${now.members.length} people?`} onClose={onClose} end={<><Button onClick={onClose}>Not yet</Button><Button kind="primary" pending={pending} onClick={onBook}>Book for everybody</Button></>}>
      <p>{now.members.map(({ name }) => name).join(', ')}{first && last && <>: from {visitDay(first)} to {visitDay(last)}</>}. All of it is booked for everybody, or nothing for anybody.</p>
    </Dialog>
  )
}
