import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Tabs } from '../../kit/aria.ts'
import { Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded } from '../desk/parts.tsx'
import { AuditList } from '../audit/AuditList.tsx'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { OnCall } from '../on-call/OnCallPage.tsx'
import { AboutForm } from './AboutForm.tsx'
import { ClosedDays } from './ClosedDays.tsx'
import { VideoAddress } from '../video/VideoAddress.tsx'
import { Fees } from './Fees.tsx'
import { Rooms } from './Rooms.tsx'
import { Staff } from './Staff.tsx'
import '../desk/desk.css'
import './practice.css'

export type Practice = Response<'practice'>
type TabId = 'about' | 'people' | 'rooms' | 'closed' | 'on-call' | 'prices' | 'audit'
const tabIds: readonly TabId[] = ['about', 'people', 'rooms', 'closed', 'on-call', 'prices', 'audit']

/** What the owner keeps: the practice itself, who works here and when, its rooms and its prices. The days on which it is closed are the desk's to keep as well. */
export function PracticePage() {
  const me = useMe()
  const query = useQuery({ queryKey: ['practice'], queryFn: () => call('practice') })
  return (
    <Frame title="Practice">
      <Stack air="wide">
        <h1>Practice</h1>
        {me && !isOne(me, 'owner', 'coordinator')
          ? <Notice what="This page belongs to the owner of the practice." next="Ask them if something here should change." />
          : <Loaded query={query} what="the practice">{(practice) => <Parts practice={practice} all={isOne(me, 'owner')} />}</Loaded>}
      </Stack>
    </Frame>
  )
}

function Parts({ practice, all }: { readonly practice: Practice; readonly all: boolean }) {
  const queries = useQueryClient()
  const kept = async () => { await Promise.all([queries.invalidateQueries({ queryKey: ['practice'] }), queries.invalidateQueries({ queryKey: ['me'] }), queries.invalidateQueries({ queryKey: ['calendar'] })]) }
  const closed = <ClosedDays closings={practice.closings} onKept={kept} />
  const fromAddress = window.location.hash.slice(1) as TabId
  const [tab, setTab] = useState<TabId>(tabIds.includes(fromAddress) ? fromAddress : 'about')
  const select = (next: TabId) => { setTab(next); window.history.replaceState(window.history.state, '', `#${next}`) }
  const video = <VideoAddress person={null} label="Video address of the practice" hint="For visits online whose clinician has none of their own." />
  if (!all) return <Stack><h2>Closed days</h2>{closed}<h2>On call</h2><OnCall /><h2>Visits online</h2>{video}<p className="soft">Everything else about the practice is kept by its owner.</p></Stack>
  return (
    <Tabs<TabId>
      label="Parts of the practice" selected={tab} onSelect={select}
      tabs={[
        { id: 'about', label: 'About', panel: <Stack air="wide"><AboutForm practice={practice} onKept={kept} /><Stack><h2>Visits online</h2>{video}</Stack></Stack> },
        { id: 'people', label: `People (${practice.staff.filter(({ active }) => active).length})`, panel: <Staff practice={practice} onKept={kept} /> },
        { id: 'rooms', label: `Rooms (${practice.rooms.length})`, panel: <Rooms rooms={practice.rooms} onKept={kept} /> },
        { id: 'closed', label: `Closed days (${practice.closings.length})`, panel: closed },
        { id: 'on-call', label: 'On call', panel: <OnCall /> },
        { id: 'prices', label: `Prices (${practice.fees.length})`, panel: <Fees fees={practice.fees} onKept={kept} /> },
        { id: 'audit', label: 'Who did what', panel: <AuditList /> },
      ]}
    />
  )
}
