import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Request, Response } from '../../../core/contract/contract.ts'
import { inState } from '../../../core/shared/us-states.ts'
import type { InquiryRow, ShortlistRow } from '../../../core/contract/running.ts'
import { Button, buttonClass, Disclosure, EmptyState, Notice, RadioTiles, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { dayAndTime } from '../times.ts'
import { MatchForm } from './MatchForm.tsx'
import { Loaded, Refused, Section } from './parts.tsx'
import { useAct } from './use-act.ts'

type MatchBody = Request<'match'>['body']
type Who = Omit<MatchBody, 'therapist' | 'slot'>
export type Chosen = Pick<MatchBody, 'therapist' | 'slot'> & { readonly name: string }

/** Who fits, with reasons for and against and the first free times. The person chooses; nothing is chosen for them. */
export function Matching({ inquiry }: { readonly inquiry: InquiryRow }) {
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['shortlist', inquiry.id], queryFn: () => call('shortlist', { params: { id: inquiry.id } }) })
  const [chosen, setChosen] = useState<Chosen>()
  const [matched, setMatched] = useState<Response<'match'>>()
  const [tried, setTried] = useState<Who>()
  const { pending, refusal, act } = useAct()
  const match = async (who: Who) => {
    if (!chosen) return
    setTried(who)
    const { name: _name, ...choice } = chosen
    // Somebody else may have taken the time a moment ago: new times are fetched, and what was typed stays.
    const done = await act(() => call('match', { params: { id: inquiry.id }, body: { ...who, ...choice } }), ({ code }) => {
      if (code !== 'plan.clash') return
      setChosen(undefined)
      void query.refetch()
    })
    if (!done) return
    setMatched(done)
    await queries.invalidateQueries({ queryKey: ['home'] })
    await queries.invalidateQueries({ queryKey: ['inquiries'], refetchType: 'none' })
  }
  if (matched && chosen) return <Matched inquiry={inquiry} chosen={chosen} chart={matched.chart} />
  const first = inquiry.name.split(' ')[0] ?? inquiry.name
  return (
    <Section id="who-fits" title={`Who fits ${first}`}>
      <p>Tell {first} about each of them, the reasons against as well. The choice is theirs.</p>
      <SitsInSaid inquiry={inquiry} />
      <Loaded query={query} what="who fits">
        {({ therapists, notOffered }) => <>{therapists.length === 0
          ? <EmptyState what="Nobody can be offered at present." begin="Why stands below. Who takes new people, how many, and which licences they hold is kept on the page of the practice." />
          : <ol className="d-therapists" aria-label="Therapists, best fit first">{therapists.map((row) => <Therapist key={row.therapist} row={row} chosen={chosen} onChoose={setChosen} />)}</ol>}
          {notOffered.length > 0 && <Disclosure open={therapists.length === 0} summary={`Not offered now: ${notOffered.length}`}><ul className="d-points">{notOffered.map(({ therapist, name, says }) => <li key={therapist}>{name}: {says.charAt(0).toLowerCase() + says.slice(1)}.</li>)}</ul></Disclosure>}</>}
      </Loaded>
      <Refused refusal={refusal}>{refusal?.chart && tried && <SamePerson chart={refusal.chart} pending={pending} onSame={(existing) => void match({ ...tried, existing })} />}</Refused>
      <MatchForm inquiry={inquiry} chosen={chosen} pending={pending} onMatch={(who) => void match(who)} />
    </Section>
  )
}

/** A visit online needs a licence of where they sit; not asked is not fine, and is said with the way to ask. */
function SitsInSaid({ inquiry: { preferences: { modality, sitsIn } } }: { readonly inquiry: InquiryRow }) {
  if (modality === 'in-person') return null
  if (sitsIn !== '') return <p className="soft">Online they would sit {inState(sitsIn)}; who is not entered as licensed there is not offered for it.</p>
  return <Notice level="caution" what="It was not asked in which state they would sit for a visit online." kept="No licence was looked at for the names below." next="Ask, and answer it in the sheet: “Go back into the sheet”, “In which state do you live”." />
}

/** Somebody who was here before, or two people with one address: only the person on the telephone knows. */
const SamePerson = ({ chart, pending, onSame }: { readonly chart: string; readonly pending: boolean; readonly onSame: (chart: string) => void }) => (
  <>
    <div className="k-buttons">
      <Button kind="primary" pending={pending} onClick={() => onSame(chart)}>It is the same person: book on that chart</Button>
      <a className={buttonClass('quiet')} href={`/work/charts/${chart}`} target="_blank" rel="noreferrer">Look at that chart in another tab</a>
    </div>
    <p>Somebody else? Put another e-mail address below, and open the chart again.</p>
  </>
)

function Therapist({ row, chosen, onChoose }: { readonly row: ShortlistRow; readonly chosen: Chosen | undefined; readonly onChoose: (chosen: Chosen) => void }) {
  const choices = row.slots.map((slot) => ({ value: slot.startsAt, label: dayAndTime(slot.startsAt, slot.zone), hint: slot.online ? 'online' : slot.room ? `in ${slot.room.name}` : undefined }))
  const pick = (startsAt: string) => {
    const slot = row.slots.find((one) => one.startsAt === startsAt)
    if (slot) onChoose({ therapist: row.therapist, name: row.name, slot })
  }
  return (
    <li className="k-card d-therapist" aria-label={row.name}>
      <div>
        <h3>{row.name}</h3>
        <p className="soft">{row.credentials}</p>
        <p>{row.about}</p>
      </div>
      <div className="d-for-against">
        <div><h4>For</h4><ul className="d-points">{row.for.map((says) => <li key={says}>{says}</li>)}</ul></div>
        <div><h4>Against</h4>{row.against.length > 0 ? <ul className="d-points">{row.against.map((says) => <li key={says}>{says}</li>)}</ul> : <p className="soft">Nothing that the wishes would tell.</p>}</div>
      </div>
      {choices.length > 0
        ? <RadioTiles label={`First visit with ${row.name}`} name="first-visit" choices={choices} value={chosen?.therapist === row.therapist ? chosen.slot.startsAt : null} onChange={pick} />
        : <p className="soft">No free time in the next three weeks.</p>}
    </li>
  )
}

const Matched = ({ inquiry, chosen, chart }: { readonly inquiry: InquiryRow; readonly chosen: Chosen; readonly chart: string }) => (
  <Section id="matched" title="A first visit is booked">
    <Notice what={`${inquiry.name} sees ${chosen.name} on ${dayAndTime(chosen.slot.startsAt, chosen.slot.zone)}.`} kept="The chart is open, the call and the form are in it, and the therapist is on the team.">
      <Stack air="tight">
        <div className="k-buttons">
          <Link className={buttonClass('primary')} to="/work/charts/$chart" params={{ chart }}>Open the chart of {inquiry.name}</Link>
          <Link className={buttonClass('quiet')} to="/work/charts/$chart/plan" params={{ chart }}>Plan the whole course</Link>
        </div>
      </Stack>
    </Notice>
  </Section>
)
