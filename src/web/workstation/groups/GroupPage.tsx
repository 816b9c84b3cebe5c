import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { GROUP_SIZE } from '../../../core/contract/groups.ts'
import { Button, Checkbox, CheckboxGroup, Disclosure, Notice, Row, rowOpen, Rows, Select, Stack, TextField } from '../../kit/index.ts'
import { Dialog } from '../../kit/aria.ts'
import { call } from '../../sync/client.ts'
import { sendAct } from '../../sync/send-act.ts'
import { Loaded, Refused, Section, Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import { GroupVisits } from './GroupVisits.tsx'
import { PlanTogether } from './PlanTogether.tsx'
import { groupWords } from './words.ts'
import '../desk/desk.css'

export type GroupNow = Response<'group'>

/** One group: its visits, planning for everybody at once, and who belongs to it. */
export function GroupPage() {
  const { group } = useParams({ strict: false }) as { group: string }
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['group', group], queryFn: () => call('group', { params: { group } }), refetchInterval: 60_000 })
  const [said, setSaid] = useState<string>()
  const changed = async (words: string) => {
    setSaid(words)
    await Promise.all([['group', group], ['groups'], ['calendar'], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  return (
    <Frame title={query.data?.name ?? 'Group'}>
      <Stack air="wide">
        <Loaded query={query} what="the group">{(now) => <Page now={now} said={said} onChanged={changed} />}</Loaded>
      </Stack>
    </Frame>
  )
}

function Page({ now, said, onChanged }: { readonly now: GroupNow; readonly said: string | undefined; readonly onChanged: (words: string) => Promise<void> }) {
  const desk = isOne(useMe(), 'coordinator', 'owner')
  return (
    <>
      <Stack air="tight">
        <Link to="/work/groups">All groups</Link>
        <h1>{now.name}</h1>
        <p className="soft">{groupWords(now)}. Led by {now.leaders.map(({ name }) => name).join(', ') || 'nobody'}.</p>
      </Stack>
      {said && <Told key={said}><Notice what={said} /></Told>}
      <GroupVisits now={now} desk={desk} onChanged={onChanged} />
      {desk && !now.ended && now.visits.length === 0 && <PlanTogether now={now} onBooked={onChanged} />}
      <Members now={now} desk={desk && !now.ended} onChanged={onChanged} />
      {desk && !now.ended && now.visits.length > 0 && <Disclosure summary="Plan more together"><PlanTogether now={now} onBooked={onChanged} /></Disclosure>}
    </>
  )
}

interface MembersProps {
  readonly now: GroupNow
  readonly desk: boolean
  readonly onChanged: (words: string) => Promise<void>
}

function Members({ now, desk, onChanged }: MembersProps) {
  const [leaving, setLeaving] = useState<GroupNow['members'][number]>()
  const mayJoin = desk && now.open && now.members.length < GROUP_SIZE.most
  return (
    <Section id="members" title="Who belongs to it">
      <Rows label="Members">
        {now.members.map((member) => (
          <Row key={member.chart} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart: member.chart }}>{member.name}</Link>} where={`since ${dayAndTime(member.since, now.zone)}`} missing={member.protocol === null ? 'no course chosen yet' : ''}
            since={desk ? <Button kind="plain" onClick={() => setLeaving(member)} aria-label={`${member.name} leaves the group`}>Leaves</Button> : ''} />
        ))}
      </Rows>
      {desk && <Disclosure summary="Who leads it, and whether others may join"><Leading key={`${now.open} ${now.leaders.map(({ person }) => person).join(' ')}`} now={now} onChanged={onChanged} /></Disclosure>}
      {mayJoin && <Disclosure summary="Add somebody"><Join now={now} onChanged={onChanged} /></Disclosure>}
      {leaving && <Leave now={now} member={leaving} onClose={() => setLeaving(undefined)} onLeft={async (words) => { setLeaving(undefined); await onChanged(words) }} />}
    </Section>
  )
}

function Leading({ now, onChanged }: Omit<MembersProps, 'desk'>) {
  const practice = useQuery({ queryKey: ['practice'], queryFn: () => call('practice') })
  const [leaders, setLeaders] = useState<readonly string[]>(now.leaders.map(({ person }) => person))
  const [open, setOpen] = useState(now.open)
  const { pending, refusal, act } = useAct()
  const keep = () => void act(() => call('keepGroup', { params: { group: now.id }, body: { open, leaders: [...leaders] } })).then((done) => done && onChanged('Kept. Visits that are booked already stay as they are.'))
  return (
    <Loaded query={practice} what="the therapists">
      {({ staff }) => (
        <Stack>
          <CheckboxGroup label="Who leads it" hint="Each patient’s own therapist has to be among them." tile="13rem" choices={staff.filter(({ active, roles }) => active && roles.includes('therapist')).map(({ person, name }) => ({ value: person, label: name }))} value={leaders} onChange={setLeaders} />
          <Checkbox label="Others may join later" checked={open} onChange={setOpen} />
          <Refused refusal={refusal} />
          <div className="k-buttons"><Button pending={pending} disabled={leaders.length === 0} onClick={keep}>Keep this</Button></div>
        </Stack>
      )}
    </Loaded>
  )
}

function Join({ now, onChanged }: Omit<MembersProps, 'desk'>) {
  const home = useQuery({ queryKey: ['home'], queryFn: () => call('home') })
  const [chart, setChart] = useState<string | null>(null)
  const { pending, refusal, actAs } = useAct()
  const others = (home.data?.rows ?? []).filter((row) => !now.members.some((member) => member.chart === row.chart))
  const join = () => {
    if (!chart) return
    void actAs((me) => sendAct([me.person, 'joinGroup', now.id, chart], (id) => call('joinGroup', { params: { group: now.id }, body: { id, device: me.device, chart } }))).then((done) => done && onChanged('Added. They take part in what is planned from now on; the visits that are booked already stay as they are.'))
  }
  return (
    <Stack>
      <Select label="Who joins" choices={others.map((row) => ({ value: row.chart, label: row.name }))} value={chart} onChange={setChart} />
      <Refused refusal={refusal} />
      <div className="k-buttons"><Button pending={pending} disabled={chart === null} onClick={join}>Add them</Button></div>
    </Stack>
  )
}

function Leave({ now, member, onClose, onLeft }: { readonly now: GroupNow; readonly member: GroupNow['members'][number]; readonly onClose: () => void; readonly onLeft: (words: string) => Promise<void> }) {
  const [why, setWhy] = useState('')
  const { pending, refusal, actAs } = useAct()
  const leave = () => {
    void actAs((me) => sendAct([me.person, 'leaveGroup', now.id, member.chart, why], (id) => call('leaveGroup', { params: { group: now.id }, body: { id, device: me.device, chart: member.chart, why } }))).then((done) => done && onLeft(`${member.name} has left. Their coming visits with it are cancelled, and they are told; the others keep theirs.`))
  }
  return (
    <Dialog open title={`${member.name} leaves ${now.name}?`} onClose={onClose} end={<><Button onClick={onClose}>They stay</Button><Button kind="danger" pending={pending} onClick={leave}>They leave</Button></>}>
      <Stack>
        <p>Their coming visits with the group are cancelled for them. The others keep these visits. What {member.name} has alone stays booked.</p>
        <TextField label="Why" optional hint="Kept on their chart." maxLength={1000} value={why} onChange={setWhy} />
        <Refused refusal={refusal} />
      </Stack>
    </Dialog>
  )
}
