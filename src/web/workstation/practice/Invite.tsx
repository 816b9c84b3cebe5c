import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Refused } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'

/** Sends somebody a link with which they choose a password, once. Where no mail leaves this machine, the link can be handed over. */
export function Invite({ person, name, email }: { readonly person: string; readonly name: string; readonly email: string }) {
  const zone = useMe()?.practice.zone
  const [invited, setInvited] = useState<Response<'inviteStaff'>>()
  const { pending, refusal, act } = useAct()
  const invite = () => void act(() => call('inviteStaff', { params: { person }, body: {} })).then((done) => done && setInvited(done))
  return (
    <Stack air="tight">
      <Refused refusal={refusal} />
      {invited && <Notice urgent what={`An invitation for ${name} is on its way to ${email}.`} kept={`It works once, until ${dayAndTime(invited.until, zone)}.`} next={<>If no mail arrives, give them this address yourself: <span className="p-link">{invited.link}</span></>} />}
      <Button pending={pending} onClick={invite}>{invited ? `Invite ${name} again` : `Invite ${name}`}</Button>
    </Stack>
  )
}
