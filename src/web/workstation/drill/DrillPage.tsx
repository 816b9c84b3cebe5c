import { useEffect, useState } from 'react'
import { drill as rows } from '../../../knowledge/drill.ts'
import type { PlasmaRoute } from '../../../core/plasma/rows.ts'
import type { DrillEventRow } from '../../../core/drill/rows.ts'
import { Button, Heading, Notice, RadioTiles, Select, Stack, TextField } from '../../kit/index.ts'
import { DeviceContext, useDevice } from '../../sync/index.ts'
import { useRulesInForce } from '../../sync/editions.ts'
import { Frame } from '../Frame.tsx'
import { SessionRoom } from '../session/SessionRoom.tsx'
import { WithDevice } from '../session/WithDevice.tsx'
import { Bedside } from './Bedside.tsx'
import { beginDrill, type Asked, type Drill } from './drill.ts'
import './drill.css'
import { LookBack } from './LookBack.tsx'

const events: readonly DrillEventRow[] = rows.events
const SURPRISE = 'surprise'
const NOTHING = 'nothing'
const routeWords: Record<PlasmaRoute, string> = { IM: 'Into a muscle', SL: 'Under the tongue', IV: 'Into a vein', PO: 'Swallowed' }

export function DrillPage() {
  return <WithDevice><DrillRoom /></WithDevice>
}

/** Choose, train, look back. The drill lives in this page and ends with it. */
export function DrillRoom() {
  const { me } = useDevice()
  const { book, edition, missing } = useRulesInForce(me.practice.id)
  const [drill, setDrill] = useState<Drill>()
  const [over, setOver] = useState(false)
  useEffect(() => () => drill?.device.close(), [drill])
  if (missing) return <Frame title="Drill" width="reading"><Notice level="call" what={missing} next="A drill follows the practice’s own rules. It opens once they are here." /></Frame>
  const again = () => { setDrill(undefined); setOver(false) }
  const begin = async (asked: Asked) => setDrill(await beginDrill(asked, me, book, edition ?? book.published))
  if (!drill) return <Choose onBegin={begin} />
  if (over) return <Frame title="Looking back at the drill" width="reading"><DeviceContext value={drill.device}><LookBack drill={drill} book={book} onAgain={again} /></DeviceContext></Frame>
  return (
    <DeviceContext value={drill.device}>
      <SessionRoom chart={drill.chart} session={drill.session} above={<Bedside drill={drill} onEnd={() => setOver(true)} />} />
    </DeviceContext>
  )
}

function Choose({ onBegin }: { readonly onBegin: (asked: Asked) => Promise<void> }) {
  const [event, setEvent] = useState(SURPRISE)
  const [route, setRoute] = useState<PlasmaRoute>('IM')
  const [number, setNumber] = useState(() => String(1 + (Date.now() % 9_999)))
  const [problem, setProblem] = useState<string>()
  const begin = () => {
    const seed = Number(number)
    if (!Number.isInteger(seed) || seed < 1 || seed > 999_999) { setProblem('A whole number from 1 to 999999.'); return }
    const drawn = event === SURPRISE ? events[seed % events.length]?.id : event === NOTHING ? undefined : event
    void onBegin({ event: drawn, route, seed })
  }
  return (
    <Frame title="Drill" width="reading">
      <Stack air="wide">
        <Stack>
          <h1>Drill with a simulated patient</h1>
          <p>The room is the real one, with your practice’s rules and alarms. The patient is made up: what you write down stays in this page, no chart holds it, and nobody is called. The dose has just been given when it begins.</p>
        </Stack>
        <form onSubmit={(submitted) => { submitted.preventDefault(); begin() }}>
          <Stack>
            <Select label="What happens" value={event} onChange={(next) => setEvent(next ?? SURPRISE)} choices={[{ value: SURPRISE, label: 'A surprise' }, { value: NOTHING, label: 'An afternoon in which nothing goes wrong' }, ...events.map(({ id, name }) => ({ value: id, label: name }))]} />
            <RadioTiles label="How the medicine was given" choices={rows.routes.map((value) => ({ value, label: routeWords[value] }))} value={route} onChange={setRoute} />
            <TextField label="Patient number" hint="The same number is the same patient every time, so that two teams can train the same afternoon." value={number} onChange={setNumber} problem={problem} />
            <div className="k-buttons"><Button kind="primary" type="submit">Begin the drill</Button></div>
          </Stack>
        </form>
        <section aria-label="What it is made of">
          <Heading level={2}>What it is made of</Heading>
          <p className="soft">How this patient’s body answers was made up for training, to look like what is published. It foretells nothing about anybody real. The bedside monitor in your room stays the alarm; this is a place to practice writing, calling and acting.</p>
        </section>
      </Stack>
    </Frame>
  )
}
