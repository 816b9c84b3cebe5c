import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Button, CheckboxGroup, Notice, RadioTiles, Sheet } from '../../../kit/index.ts'
import type { Written } from '../../../sync/index.ts'
import { Face, useFace } from '../../files/Face.tsx'
import { identityWays } from '../identity-ways.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

type Way = BodyOf<'identity-checked.v1'>['by'][number]
type Found = BodyOf<'photo-compared.v1'>['found']
const COMPARED = [{ value: 'matches', label: 'The photo matches' }, { value: 'does-not-match', label: 'It does not match' }, { value: 'not-seen', label: 'I could not see it' }] as const

/** Two details, asked and answered, and the photo on record held against the face: before the first dose. */
export function IdentitySheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const face = useFace(room.chartId, room.chart, room.used.connection === 'live')
  const [by, setBy] = useState<readonly Way[]>([])
  const [said, setSaid] = useState<Found | null>(null)
  const { now } = face
  const found = now.state === 'there' ? said : 'none-on-record'
  const compared = (): Written => ({ kind: 'photo-compared.v1', body: now.state === 'there' ? { found: found!, photo: now.photo.id } : { found: 'none-on-record' } })
  const name = room.used.head?.name ?? 'the person'
  const details = <CheckboxGroup label="Checked by at least two" choices={identityWays} value={by} onChange={setBy} tile="10rem" />
  return (
    <Sheet open title="Who is this" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {now.state === 'there'
          ? <div className="r-identity"><Face face={face} name={name} size="large" /><div className="r-form">{details}<RadioTiles label="The photo on record and the face here" choices={COMPARED} value={said} onChange={setSaid} tile="10rem" /></div></div>
          : <>{details}<Notice what={now.state === 'none' ? 'There is no photo on record to compare with.' : 'The photo was taken back: there is none to compare with.'} next="Two details the person says themselves are asked all the same. That there is no photo is written down with them." /></>}
        {found === 'does-not-match'
          ? <Notice level="emergency" what="Then this may be somebody else." next="Write it down, give nothing, and find out who is here. No dose is given until the photo has been compared again."><Button kind="danger" size="room" onClick={() => void run(() => room.writeAct([compared()]))}>Write down: it does not match</Button></Notice>
          : <div className="k-buttons"><Button kind="primary" size="room" disabled={by.length < 2 || found === null} onClick={() => void run(() => room.writeAct([{ kind: 'identity-checked.v1', body: { by: [...by] } }, compared()]))}>Identity checked</Button></div>}
      </div>
    </Sheet>
  )
}
