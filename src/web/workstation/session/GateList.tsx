import { useState } from 'react'
import { Badge, Button, TextArea } from '../../kit/index.ts'
import type { Gate } from '../../../core/session/gates.ts'
import { gateNames } from '../../../core/session/gate-names.ts'
import { mayOpen } from './elsewhere.ts'
import type { Judged } from './judging.ts'
import { useInRoom, type SheetName } from './room-context.tsx'

/** Where somebody goes to do what a gate asks for. */
const doors: Partial<Record<string, { readonly sheet: SheetName; readonly label: string }>> = {
  'vitals-taken': { sheet: 'vitals', label: 'Take vitals' }, 'pre-dose': { sheet: 'vitals', label: 'Take vitals again' }, 'mental-status': { sheet: 'state', label: 'Write down how awake' }, identity: { sheet: 'identity', label: 'Check who it is' },
  'two-people': { sheet: 'people', label: 'Check in' }, 'prescriber-on-site': { sheet: 'people', label: 'Check in' }, escort: { sheet: 'escort', label: 'Name who comes' }, 'emergency-kit': { sheet: 'kit', label: 'Check the emergency kit' }, 'prescriber-reachable': { sheet: 'reach', label: 'Ask the prescriber' }, fasting: { sheet: 'day', label: 'Ask about food and drink' },
  'alcohol-cannabis': { sheet: 'day', label: 'Ask about alcohol and cannabis' }, 'day-medicines': { sheet: 'day', label: 'Ask about medicines' }, 'suicide-screen': { sheet: 'screen', label: 'Ask the suicide screen' }, 'no-alert': { sheet: 'alerts', label: 'Look at the alerts' },
}

/** Every gate with what it found: what is missing first, each with the way to it. What is met is listed as looked at. */
export function GateList({ judged, heading, pass }: { readonly judged: Judged; readonly heading: string; readonly pass?: ((gate: Gate, reason: string) => void) | undefined }) {
  const rest = judged.gates.filter((gate) => !judged.blocking.includes(gate))
  return (
    <section aria-label={heading} className="r-gates">
      <h3>{heading}</h3>
      {judged.blocking.length > 0 && <ul>{judged.blocking.map((gate) => <Line key={gate.gate} gate={gate} open pass={pass} />)}</ul>}
      <details open={judged.blocking.length === 0}>
        <summary>{rest.length} looked at</summary>
        <ul>{rest.map((gate) => <Line key={gate.gate} gate={gate} carried={judged.overridden.find((one) => one.gate === gate.gate)?.reason} />)}</ul>
      </details>
    </section>
  )
}

function Line({ gate, open = false, carried, pass }: { readonly gate: Gate; readonly open?: boolean; readonly carried?: string | undefined; readonly pass?: ((gate: Gate, reason: string) => void) | undefined }) {
  return (
    <li className="r-gate" data-state={gate.state} data-gate={gate.gate}>
      <span><b>{gateNames[gate.gate] ?? gate.gate}</b>{open && <> <Badge level="caution">{gate.state === 'unknown' ? 'not known' : 'missing'}</Badge></>}</span>
      <span>{gate.says}{carried && ` Passed with the prescriber’s reason: ${carried}`}</span>
      {open && doors[gate.gate] && <Door gate={gate.gate} />}
      {open && gate.overridable && (pass ? <Pass gate={gate} pass={pass} /> : <span className="soft r-gate__pass">A prescriber in this room may go on with a written reason.</span>)}
    </li>
  )
}

/** Only some gates, only by a prescriber, only with a reason that stands in the record under their name. */
function Pass({ gate, pass }: { readonly gate: Gate; readonly pass: (gate: Gate, reason: string) => void }) {
  const [reason, setReason] = useState('')
  const name = gateNames[gate.gate] ?? gate.gate
  return (
    <div className="r-gate__pass">
      <TextArea label={`Reason to go on without: ${name}`} hint="Twenty characters or more; it stands in the record with your name." value={reason} onChange={setReason} maxLength={2000} />
      <Button size="room" disabled={reason.trim().length < 20} onClick={() => pass(gate, reason.trim())}>{`Go on without: ${name}`}</Button>
    </div>
  )
}

function Door({ gate }: { readonly gate: string }) {
  const { room, show } = useInRoom()
  const door = doors[gate]!
  return mayOpen(room, door.sheet) && <Button size="room" onClick={() => show(door.sheet)}>{door.label}</Button>
}
