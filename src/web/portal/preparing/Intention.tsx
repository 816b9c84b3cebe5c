import { useState, type FormEvent } from 'react'
import { Button, Notice, Stack, TextArea } from '../../kit/index.ts'
import { useDraft } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { SavedLine } from '../SavedLine.tsx'
import { fullDay } from '../times.ts'
import { Waiting } from '../Trouble.tsx'

/** What she hopes for, in her own words. Each writing is a new version; the room sees the newest. */
export function Intention() {
  const { used } = usePatient()
  return <Frame title="My intention">{used.ready ? <Form /> : <Waiting />}</Frame>
}

function Form() {
  const { me, used, zone } = usePatient()
  const standing = used.chart.latest('intention.v1')
  const [draft, setDraft, clear] = useDraft(`${me.person} intention`, { text: standing?.body.text ?? '', hopes: standing?.body.hopes ?? '', fears: standing?.body.fears ?? '' })
  const [state, setState] = useState<{ readonly kept?: string; readonly failed?: boolean; readonly empty?: boolean }>({})
  const change = (key: keyof typeof draft) => (value: string) => { setState({}); setDraft((before) => ({ ...before, [key]: value })) }

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!draft.text.trim()) { setState({ empty: true }); return }
    await used.write('intention.v1', { text: draft.text.trim(), hopes: draft.hopes.trim(), fears: draft.fears.trim() }).then(({ id }) => { clear(); setState({ kept: id }) }, () => setState({ failed: true }))
  }
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>My intention</h1><p>What do you want to turn towards? A sentence is enough, and it may change. The people in the room read it before a session, so that they know what matters to you.</p></div>
        <TextArea label="My intention" value={draft.text} maxLength={2000} problem={state.empty ? 'Write at least a few words; nothing was saved yet.' : undefined} onChange={change('text')} />
        <TextArea label="What I hope for" optional value={draft.hopes} maxLength={2000} onChange={change('hopes')} />
        <TextArea label="What I am afraid of" optional value={draft.fears} maxLength={2000} onChange={change('fears')} />
        {state.failed && <Notice urgent level="caution" what="It could not be kept on this device. Nothing was saved." next="Please try again." />}
        <div className="k-stack k-stack--tight"><Button kind="primary" size="room" wide type="submit">Save my intention</Button><SavedLine entry={state.kept} otherwise={standing ? `Last written on ${fullDay(standing.at, zone)}.` : ''} /></div>
      </Stack>
    </form>
  )
}
