import type { MaintenanceProposal } from '../../../../core/outcomes/maintenance.ts'
import { RadioTiles, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { sendAct } from '../../../sync/send-act.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Part } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { Signing } from '../parts/Signing.tsx'

type Decision = 'accepted' | 'declined'
interface Draft { readonly decision: Decision | null; readonly reason: string; readonly code: string }

/** Whether there is something that one person accepts or declines. */
export const isToSign = ({ propose }: Pick<MaintenanceProposal, 'propose'>): boolean => propose !== 'watch' && propose !== 'not-evaluable'

/** One person says yes or no to what the scores propose, with their name under it. A yes asks the calendar for a time; it orders nothing. */
export function SignProposal({ proposal: { propose, because } }: { readonly proposal: MaintenanceProposal }) {
  const { used, chartId, rulesMissing } = useOpenChart()
  const { value, set, clear } = useDraft<Draft>(`${chartId} proposal ${propose} ${because.join(' ')}`, { decision: null, reason: '', code: '' })
  const problems = {
    rules: rulesMissing,
    decision: value.decision ? undefined : 'Say whether you accept it.', reason: value.decision === 'declined' && !value.reason.trim() ? 'Write why you decline it.' : undefined, code: /^\d{6}$/.test(value.code) ? undefined : 'The one-time code has six digits.',
  }
  const save = async () => {
    const said = { decision: value.decision ?? 'declined', seen: { propose, because: [...because] }, reason: value.reason.trim() }
    await used.sent()
    await sendAct([used.me.person, chartId, 'proposal', said], (id) => call('decideProposal', { params: { chart: chartId }, body: { id, device: used.me.device, code: value.code, ...said } }))
  }
  return (
    <Part title="Accept or decline it">
      <SaveForm label="What is proposed" save={value.decision === 'declined' ? 'Sign that you decline it' : 'Sign that you accept it'} problems={problems} onSave={save} onDone={clear} said="It is signed. Where it was accepted, the desk is asked to find a time.">
        {(wrong) => <>
          <RadioTiles label="Your decision" tile="11rem" choices={[{ value: 'accepted', label: 'Accept' }, { value: 'declined', label: 'Decline' }]} value={value.decision} onChange={(decision) => set({ decision })} problem={wrong('decision')} />
          <TextArea label="Why" hint={value.decision === 'accepted' ? 'If there is more to say than the scores do.' : undefined} optional={value.decision !== 'declined'} value={value.reason} onChange={(reason) => set({ reason })} problem={wrong('reason')} maxLength={2_000} />
          <Signing what="your decision" code={value.code} onCode={(code) => set({ code })} problem={wrong('code')} />
        </>}
      </SaveForm>
    </Part>
  )
}
