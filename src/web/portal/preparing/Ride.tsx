import { isDosing } from '../../../core/course/dosing-visit.ts'
import { useState, type FormEvent } from 'react'
import { Button, Checkbox, Notice, Stack, TextField } from '../../kit/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { SavedLine } from '../SavedLine.tsx'
import type { ScreenProps } from '../screen.ts'
import { when } from '../times.ts'
import { WaitingPage } from '../Trouble.tsx'
import { rideFor, visitName, visitsOf } from '../visits.ts'

/** Who takes her home from one session: a person with a name and a phone, for this visit. */
export function Ride({ id }: ScreenProps) {
  const { used, course, zone, now } = usePatient()
  const visit = visitsOf(course.value, used.chart).find((each) => each.visit === id)
  if (!visit && !used.ready) return <Frame title="Ride home"><WaitingPage /></Frame>
  if (!visit || !isDosing(visit)) return <Frame title="Ride home"><h1>There is no such session</h1><p>It may have been moved or cancelled. <a href="/my/plan">To your plan</a></p></Frame>
  return (
    <Frame title="Ride home">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>Who takes me home</h1>
          <p>{visitName(visit)}, {when(visit.startsAt, now, zone)}.</p>
          <p>You leave only with an adult who came for you. The driver of a ride service alone is not enough; a friend who rides with you is. Best is somebody who can stay with you for the first night.</p>
        </div>
        <Form visit={id} />
      </Stack>
    </Frame>
  )
}

function Form({ visit }: { readonly visit: string }) {
  const { me, used } = usePatient()
  const standing = rideFor(used.chart, visit)
  const before = used.chart.latest('escort-named.v1', ({ body }) => body.visit !== visit)
  const [draft, setDraft, clear] = useDraft(`${me.person} ride ${visit}`, { name: standing?.body.name ?? '', phone: standing?.body.phone ?? '', relationship: standing?.body.relationship ?? '', adult: standing?.body.adult ?? false })
  const [told, setTold] = useState(false)
  const [state, setState] = useState<{ readonly kept?: string; readonly failed?: boolean }>({})
  const change = (some: Partial<typeof draft>) => { setState({}); setDraft((now) => ({ ...now, ...some })) }

  async function save(event: FormEvent) {
    event.preventDefault()
    setTold(true)
    const [name, phone] = [draft.name.trim(), draft.phone.trim()]
    if (!name || !phone || !draft.adult) return
    await used.write('escort-named.v1', { name, phone, relationship: draft.relationship.trim(), adult: true, visit }).then(({ id }) => { clear(); setState({ kept: id }) }, () => setState({ failed: true }))
  }
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack>
        {!standing && !draft.name && before && <Button onClick={() => change({ name: before.body.name, phone: before.body.phone, relationship: before.body.relationship })}>{before.body.name} again</Button>}
        <TextField label="Name of the person" autoComplete="off" value={draft.name} maxLength={200} problem={told && !draft.name.trim() ? 'Please write a name.' : undefined} onChange={(name) => change({ name })} />
        <TextField
          label="Phone of the person" hint="We call it when you are ready to go, or if something comes up." type="tel" autoComplete="off"
          value={draft.phone} maxLength={40} problem={told && !draft.phone.trim() ? 'Please write a phone number.' : undefined} onChange={(phone) => change({ phone })}
        />
        <TextField label="Who they are to you" optional value={draft.relationship} maxLength={80} onChange={(relationship) => change({ relationship })} />
        <Checkbox framed label="This person is an adult and will come in to get me" checked={draft.adult} problem={told && !draft.adult ? 'It has to be an adult who comes in.' : undefined} onChange={(adult) => change({ adult })} />
        {state.failed && <Notice urgent level="caution" what="It could not be kept on this device. Nothing was saved." next="Please try again." />}
        <Button kind="primary" size="room" wide type="submit">Save who takes me home</Button>
        <SavedLine entry={state.kept} saved="Saved. Your team sees it." />
        <p><a href="/my/plan">Back to the plan</a></p>
      </Stack>
    </form>
  )
}
