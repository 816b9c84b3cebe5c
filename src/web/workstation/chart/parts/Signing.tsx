import { Button, CodeField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { useOpenChart } from '../open-chart.ts'
import { useAct, ActLine } from './act.tsx'

interface SigningProps {
  readonly code: string
  readonly onCode: (code: string) => void
  readonly problem?: string | undefined
  /** What is signed, in the words of the label. */
  readonly what: string
}

/** A signature by one-time code. In the sample practice nobody has the phone, so the code can be fetched. */
export function Signing({ code, onCode, problem, what }: SigningProps) {
  const { used: { me } } = useOpenChart()
  const fetching = useAct()
  return (
    <div className="c-signing">
      <CodeField label={`One-time code to sign ${what}`} hint="From your authenticator app. It works once." value={code} onChange={onCode} problem={problem} />
      {me.practice.sample && <Button kind="quiet" pending={fetching.pending} onClick={() => void fetching.run(async () => onCode((await call('sampleCode')).code))}>Use the sample code</Button>}
      {fetching.trouble && <ActLine act={fetching} />}
      <p className="soft small">Your printed name, the time and what you signed stand with it wherever it is shown: {me.name}.</p>
    </div>
  )
}
