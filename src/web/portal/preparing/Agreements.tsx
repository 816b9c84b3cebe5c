import { touchNow } from '../../../core/session/touch.ts'
import { DataPairs, EmptyState, Stack } from '../../kit/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient, whoWrote } from '../patient.tsx'
import { fullDay } from '../times.ts'
import { Waiting } from '../Trouble.tsx'

const touchWords = { none: 'No touch', 'hands-only': 'Hands only', 'hands-and-shoulders': 'Hands and shoulders', 'as-agreed': 'As written below' } as const

/** What was agreed for the room: touch, signals, what steadies. Shown so that nobody has to remember it. */
export function Agreements() {
  const patient = usePatient()
  const { used, zone } = patient
  const entry = used.chart.latest('agreements.v1')
  const takenBack = touchNow(used.chart).takenBack
  return (
    <Frame title="Agreements">
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>Agreements for the room</h1><p>Made beforehand, in a clear head. During a session only taking something back counts, never adding to it.</p></div>
        {!entry && !used.ready && <Waiting />}
        {!entry && used.ready && <EmptyState what="Here will stand what you agreed on: touch, the signs for stop, softer and quiet, and what steadies you." begin="Your therapist goes through it with you in a preparation visit." />}
        {entry && (
          <>
            <DataPairs none="nothing agreed" pairs={[
              ['Touch', takenBack ? `No touch: you took it back on ${fullDay(takenBack.at, zone)}` : [touchWords[entry.body.touch], entry.body.touchNote].filter(Boolean).join(': ')], ['My sign for: stop', entry.body.stopSignal], ['My sign for: softer', entry.body.lighterSignal],
              ['My sign for: quiet', entry.body.quietSignal], ['What steadies me', entry.body.grounding.map((one) => one.replaceAll('-', ' ')).join(', ')], ['Music', entry.body.music],
            ]} />
            <p className="soft">Written on {fullDay(entry.at, zone)} by {whoWrote(patient, entry.by).replace('You', 'you')}.</p>
          </>
        )}
        <p>Do you want something to be different? <a href="/my/messages">Write to your team</a>, or say it at any moment. Consent to touch you can <a href="/my/consents/touch">read and take back here</a>.</p>
      </Stack>
    </Frame>
  )
}
