import { useState } from 'react'
import type { DischargeResult } from '../../../../core/session/discharge.ts'
import { minutesBetween } from '../../../../core/shared/time.ts'
import { Badge, Button, Disclosure, Notice, Sheet } from '../../../kit/index.ts'
import { isElsewhere } from '../elsewhere.ts'
import { wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { Assess } from './assess.tsx'
import { Sign } from './sign.tsx'

/** What has to be so before the person goes home: thirteen rules, each with what it found, then two signatures. */
export function DischargeSheet({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const { check, earliestAt, overdue } = room.session.discharge
  const failed = check.rules.filter(({ state }) => state !== 'met')
  const met = check.rules.filter(({ state }) => state === 'met')
  const [assessing, setAssessing] = useState(false)
  const here = !isElsewhere(room)
  if (assessing) return <Sheet open title="Assessment for going home" reach="100%" onClose={() => show(null)}><Assess room={room} onDone={() => setAssessing(false)} /></Sheet>
  return (
    <Sheet open title="Going home" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <p>{earliestAt ? `By the time rule alone not before ${wallTime(earliestAt, room.zone)}${earliestAt > room.now ? `, in ${Math.ceil(minutesBetween(room.now, earliestAt))} minutes` : ''}.` : 'No dose stands, so no earliest time can be said.'}</p>
        {overdue !== 'no' && <Notice level="call" urgent what={overdue === 'call-prescriber' ? 'The person is here longer than usual after this dose.' : 'The person is here very long after this dose.'} next={overdue === 'call-prescriber' ? 'Call the prescriber.' : 'Decide now, with the prescriber, about a transfer.'} />}
        <section aria-label="Rules for going home">
          {failed.length > 0 && <ul className="r-rules">{failed.map((rule) => <Rule key={rule.rule} rule={rule} {...(here ? { onAssess: () => setAssessing(true) } : {})} />)}</ul>}
          <details open={failed.length === 0}><summary>{met.length} of {check.rules.length} looked at and met</summary><ul className="r-rules">{met.map((rule) => <Rule key={rule.rule} rule={rule} />)}</ul></details>
        </section>
        {here ? <div className="r-tiles">
          <Button size="room" onClick={() => setAssessing(true)}>Assess for going home</Button>
          <Button size="room" onClick={() => show('vitals')}>Take vitals</Button>
          <Button size="room" onClick={() => show('screen')}>Ask the suicide screen</Button>
          <Button size="room" onClick={() => show('escort')}>Who takes the person home</Button>
        </div> : <p className="soft">You look in from elsewhere: the people in the room assess, measure and ask. You read it and sign.</p>}
        <Sign room={room} />
        <Button size="room" kind={check.ready ? 'primary' : 'quiet'} onClick={() => show('close')}>Close the session</Button>
        <Disclosure summary="Where these rules come from"><p>{[...new Set(check.rules.flatMap(({ row }) => row.cites))].join(', ')}. Figures marked as proposals are adopted by your medical director.</p></Disclosure>
      </div>
    </Sheet>
  )
}

const words = { met: 'met', 'not-met': 'not met', 'not-evaluable': 'cannot be judged yet' } as const

function Rule({ rule: { rule, state, asks }, onAssess }: { readonly rule: DischargeResult; readonly onAssess?: () => void }) {
  return (
    <li data-rule={rule} data-state={state}>
      <span className="r-rule__id">{rule}</span> {asks} {state !== 'met' && <Badge level="caution">{words[state]}</Badge>}
      {onAssess && fromAssessment.includes(rule) && <Button kind="plain" aria-label={`Assess for ${rule}`} onClick={onAssess}>assess</Button>}
    </li>
  )
}

const fromAssessment: readonly string[] = ['D4', 'D5', 'D6', 'D7', 'D11', 'D12']
