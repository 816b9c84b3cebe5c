import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Response } from '../../../core/contract/contract.ts'
import { Notice, RadioTiles, Stack, StatusLine } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded, Refused, Section } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { VideoAddress } from '../video/VideoAddress.tsx'
import { Feeds } from './Feeds.tsx'
import { OuterCalendars } from './OuterCalendars.tsx'
import '../desk/desk.css'
import '../practice/practice.css'

export type OwnCalendars = Response<'myCalendars'>
export interface PartProps {
  readonly own: OwnCalendars
  readonly onKept: () => Promise<void>
}

/** What is somebody's own about calendars: their visits elsewhere, their busy times here, and mail about visits. */
export function MyCalendars() {
  const me = useMe()
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['my calendars'], queryFn: () => call('myCalendars'), refetchInterval: ({ state }) => (state.data?.outer.some(isWaiting) ? 5_000 : 60_000) })
  const onKept = async () => { await Promise.all([queries.invalidateQueries({ queryKey: ['my calendars'] }), queries.invalidateQueries({ queryKey: ['calendar'] })]) }
  return (
    <Frame title="My calendars" width="reading">
      <Stack air="wide">
        <Stack air="tight">
          <h1>My calendars</h1>
          <p className="soft">Your calendars are yours alone: nobody else here sees them or changes them.</p>
        </Stack>
        <Loaded query={query} what="your calendars">
          {(own) => (
            <>
              <Section id="feeds" title="My visits in another calendar"><Feeds own={own} onKept={onKept} /></Section>
              <Section id="outer" title="When I am busy elsewhere"><OuterCalendars own={own} onKept={onKept} /></Section>
              {isOne(me, 'therapist', 'prescriber') && me && <Section id="video" title="Where I see people by video"><VideoAddress person={me.person} label="My video address" hint="For every visit of yours online that has no address of its own. The desk can change it as well." /></Section>}
              <Section id="invitations" title="Invitations by mail"><Invitations own={own} onKept={onKept} /></Section>
            </>
          )}
        </Loaded>
      </Stack>
    </Frame>
  )
}

/** Added, and the server has not come to it yet. */
export const isWaiting = ({ from, readAt, failing }: OwnCalendars['outer'][number]) => from === 'address' && readAt === null && failing === null

function Invitations({ own: { invitations }, onKept }: PartProps) {
  const { pending, refusal, act } = useAct()
  const choose = (choice: 'on' | 'off') => void act(() => call('setInvitations', { body: { on: choice === 'on' } })).then(async (done) => { if (done) await onKept() })
  if (invitations.to === null) return <Notice what="No e-mail address of yours is entered here, so no invitation can reach you." next="Ask the owner of the practice to enter one under People." />
  return (
    <Stack>
      <p>An invitation for each visit you take part in, to {invitations.to}; when the visit moves or is off, another mail says so. No mail holds a name, or what a visit is for.</p>
      <Refused refusal={refusal} />
      <RadioTiles<'on' | 'off'>
        label="Invitations for my visits" value={invitations.on ? 'on' : 'off'} onChange={choose}
        choices={[{ value: 'off', label: 'Off', hint: 'No new ones. What you were invited to before is still kept up to date by mail.' }, { value: 'on', label: 'On', hint: 'For what is booked or changed from now on.' }]}
      />
      <StatusLine>{pending ? 'Being kept …' : ''}</StatusLine>
    </Stack>
  )
}
