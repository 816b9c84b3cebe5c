import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Tabs } from '../../kit/aria.ts'
import { Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded } from '../desk/parts.tsx'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { AboutForm } from './AboutForm.tsx'
import { Fees } from './Fees.tsx'
import { Rooms } from './Rooms.tsx'
import { Staff } from './Staff.tsx'
import '../desk/desk.css'
import './practice.css'

export type Practice = Response<'practice'>
type TabId = 'about' | 'people' | 'rooms' | 'prices'
const tabIds: readonly TabId[] = ['about', 'people', 'rooms', 'prices']

/** What the owner keeps: the practice itself, who works here and when, its rooms and its prices. */
export function PracticePage() {
  const me = useMe()
  const query = useQuery({ queryKey: ['practice'], queryFn: () => call('practice') })
  return (
    <Frame title="Practice">
      <Stack air="wide">
        <h1>Practice</h1>
        {me && !isOne(me, 'owner')
          ? <Notice what="This page belongs to the owner of the practice." next="Ask them if something here should change." />
          : <Loaded query={query} what="the practice">{(practice) => <Parts practice={practice} />}</Loaded>}
      </Stack>
    </Frame>
  )
}

function Parts({ practice }: { readonly practice: Practice }) {
  const queries = useQueryClient()
  const kept = async () => { await Promise.all([queries.invalidateQueries({ queryKey: ['practice'] }), queries.invalidateQueries({ queryKey: ['me'] }), queries.invalidateQueries({ queryKey: ['calendar'] })]) }
  const fromAddress = window.location.hash.slice(1) as TabId
  const [tab, setTab] = useState<TabId>(tabIds.includes(fromAddress) ? fromAddress : 'about')
  const select = (next: TabId) => { setTab(next); window.history.replaceState(window.history.state, '', `#${next}`) }
  return (
    <Tabs<TabId>
      label="Parts of the practice" selected={tab} onSelect={select}
      tabs={[
        { id: 'about', label: 'About', panel: <AboutForm practice={practice} onKept={kept} /> },
        { id: 'people', label: `People (${practice.staff.filter(({ active }) => active).length})`, panel: <Staff practice={practice} onKept={kept} /> },
        { id: 'rooms', label: `Rooms (${practice.rooms.length})`, panel: <Rooms rooms={practice.rooms} onKept={kept} /> },
        { id: 'prices', label: `Prices (${practice.fees.length})`, panel: <Fees fees={practice.fees} onKept={kept} /> },
      ]}
    />
  )
}
