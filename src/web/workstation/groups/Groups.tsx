import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import type { GroupKind } from '../../../core/chart/kinds/aftercare.ts'
import { GROUP_SIZE, type GroupRow } from '../../../core/contract/groups.ts'
import { Button, Checkbox, CheckboxGroup, Disclosure, EmptyState, RadioTiles, Row, rowOpen, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { sendAct } from '../../sync/send-act.ts'
import { Loaded, Refused, Section } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { groupWords, kinds, people } from './words.ts'
import '../desk/desk.css'

export const groupsQuery = { queryKey: ['groups'], queryFn: () => call('groups') } as const

/** Patients who have visits together: couples, groups, workshops. */
export function Groups() {
  const me = useMe()
  const query = useQuery(groupsQuery)
  return (
    <Frame title="Groups">
      <Stack air="wide">
        <Stack air="tight">
          <h1>Groups</h1>
          <p className="soft">Patients who have visits together. Each keeps a chart, a session record and a note of their own, and reads of a group nothing but its name.</p>
        </Stack>
        <Loaded query={query} what="the groups">{({ groups }) => <List groups={groups} />}</Loaded>
        {isOne(me, 'coordinator', 'owner') && <MakeGroup />}
      </Stack>
    </Frame>
  )
}

function List({ groups }: { readonly groups: readonly GroupRow[] }) {
  const [open, ended] = [groups.filter((one) => !one.ended), groups.filter((one) => one.ended)]
  const rows = (some: readonly GroupRow[], label: string) => (
    <Rows label={label}>
      {some.map((group) => <Row key={group.id} who={<Link className={rowOpen} to="/work/groups/$group" params={{ group: group.id }}>{group.name}</Link>} where={groupWords(group)} missing={people(group.members)} since="" />)}
    </Rows>
  )
  return (
    <>
      {open.length === 0 ? <EmptyState what="There is no group yet." begin="Make one below, then plan its visits for everybody at once." /> : rows(open, 'Groups')}
      {ended.length > 0 && <Disclosure summary={`Ended: ${ended.length}`}>{rows(ended, 'Groups that have ended')}</Disclosure>}
    </>
  )
}

function MakeGroup() {
  const home = useQuery({ queryKey: ['home'], queryFn: () => call('home') })
  const practice = useQuery({ queryKey: ['practice'], queryFn: () => call('practice') })
  return (
    <Section id="make" title="Make a group">
      <Loaded query={home} what="the people">{({ rows }) => <Loaded query={practice} what="the practice">{({ staff }) => <Form charts={rows.map(({ chart, name }) => ({ value: chart, label: name }))} therapists={staff.filter(({ active, roles }) => active && roles.includes('therapist')).map(({ person, name }) => ({ value: person, label: name }))} />}</Loaded>}</Loaded>
    </Section>
  )
}

type Choices = readonly { readonly value: string; readonly label: string }[]

function Form({ charts, therapists }: { readonly charts: Choices; readonly therapists: Choices }) {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<GroupKind | null>(null)
  const [members, setMembers] = useState<readonly string[]>([])
  const [leaders, setLeaders] = useState<readonly string[]>([])
  const [open, setOpen] = useState(false)
  const { pending, refusal, actAs } = useAct()
  const size = members.length >= GROUP_SIZE.least && members.length <= GROUP_SIZE.most
  const ready = name.trim().length > 1 && kind !== null && size && leaders.length > 0
  const make = (event: FormEvent) => {
    event.preventDefault()
    if (!kind || !ready) return
    const said = { name: name.trim(), kind, open, charts: [...members], leaders: [...leaders] }
    void actAs((me) => sendAct([me.person, 'makeGroup', said], (id) => call('makeGroup', { body: { id, device: me.device, ...said } }))).then((done) => done && void navigate({ to: '/work/groups/$group', params: { group: done.group } } as never))
  }
  return (
    <form className="d-form" onSubmit={make}>
      <Stack air="wide">
        <TextField label="Name" hint="Everybody in it reads this name, so it says nothing of anybody: a weekday, a season." maxLength={120} value={name} onChange={setName} />
        <RadioTiles label="What it is" tile="9rem" choices={kinds} value={kind} onChange={setKind} />
        <CheckboxGroup label="Who belongs to it" hint={`From ${GROUP_SIZE.least} to ${GROUP_SIZE.most} people.`} tile="13rem" choices={charts} value={members} onChange={setMembers} />
        <CheckboxGroup label="Who leads it" hint="Each patient’s own therapist has to be among them." tile="13rem" choices={therapists} value={leaders} onChange={setLeaders} />
        <Checkbox label="Others may join later" checked={open} onChange={setOpen} />
        <Refused refusal={refusal} />
        <Button type="submit" kind="primary" pending={pending} disabled={!ready}>Make the group</Button>
      </Stack>
    </form>
  )
}
