import type { ReactNode } from 'react'
import type { Instrument } from '../../../core/measures/instrument.ts'
import { copyDigest, formHere } from '../../../core/measures/own-copy.ts'
import { call } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { CouldNotAsk, Waiting } from '../Trouble.tsx'

interface OwnWordsProps {
  readonly instrument: Instrument
  readonly children: (here: Instrument, textSha256: string | undefined) => ReactNode
}

/** A form whose words the practice brings: asked in them where they are here and everything is settled, and otherwise not asked. */
export default function OwnWords({ instrument, children }: OwnWordsProps) {
  const { me } = usePatient()
  const { value, failure, again } = useAsked(`forms ${me.practice.id}`, () => call('formChoices'))
  const here = value && formHere(instrument, value.choices)
  if (here) return children(here, copyDigest(instrument, value.choices))
  return (
    <Frame title={instrument.title}>
      <h1>{instrument.title}</h1>
      {value ? <p>The words of this form are with your practice: you fill it in there. <a href="/my/questionnaires">To your questionnaires</a></p> : failure === undefined ? <Waiting /> : <CouldNotAsk failure={failure} again={again} />}
    </Frame>
  )
}
