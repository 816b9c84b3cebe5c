import { consentForms, type ConsentForm } from '../../../knowledge/consents.ts'
import { Row, Rows, rowOpen, Stack } from '../../kit/index.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { fullDay } from '../times.ts'
import { Waiting } from '../Trouble.tsx'
import { consentState } from './consent-state.ts'

/** What she may agree to, and how each stands. */
export function ConsentList() {
  const { used } = usePatient()
  return (
    <Frame title="Consents">
      <Stack air="wide">
        <div className="k-stack k-stack--tight"><h1>Consents</h1><p>Nothing here is agreed until you sign it, and whatever you signed you can take back at any time.</p></div>
        {used.ready
          ? <Rows label="Consents">{consentForms.map((form) => <Row key={form.form} who={<a className={rowOpen} href={`/my/consents/${form.form}`}>{form.title}</a>} where={<StateWords form={form} />} missing={form.required ? 'needed before a first dose' : 'needed for nothing'} />)}</Rows>
          : <Waiting />}
      </Stack>
    </Frame>
  )
}

export function StateWords({ form }: { readonly form: ConsentForm }) {
  const { used, zone } = usePatient()
  const state = consentState(used.chart, form)
  if (state.is === 'open') return 'not signed'
  if (state.is === 'taken-back') return `taken back on ${fullDay(state.at, zone)}`
  return `signed on ${fullDay(state.entry.at, zone)}${state.is === 'older' ? ', in older words: please read the new ones' : ''}`
}
