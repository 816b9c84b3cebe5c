import type { DoseBrief } from '../../../../core/dosing/brief.ts'
import { canDecide } from '../../../../core/dosing/decide.ts'
import { Button, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { SaveForm } from '../parts/SaveForm.tsx'
import { Signing } from '../parts/Signing.tsx'
import { seenOf, type statedOf } from './dose-brief.ts'
import { sendAct } from '../../../sync/send-act.ts'

interface DeclineProps {
  readonly brief: DoseBrief
  readonly stated: ReturnType<typeof statedOf>
  readonly onClose: () => void
}

/** Declined with a reason and a signature, and without an order: the one in force stays as it is. */
export function DeclineForm({ brief, stated, onClose }: DeclineProps) {
  const { chartId, used, rulesMissing } = useOpenChart()
  const draft = useDraft(`${chartId} decline`, { reason: '', code: '' })
  const { value: { reason, code }, set } = draft
  const { action } = brief
  const sign = async () => {
    if (!canDecide(action)) return
    const said = { reason: reason.trim(), stated, seen: { ...seenOf(brief), action } }
    await used.sent()
    await sendAct([used.me.person, chartId, 'decline', said], (id) => call('declineDose', { params: { chart: chartId }, body: { id, device: used.me.device, code, ...said } }))
  }
  const problems = { rules: rulesMissing, reason: reason.trim() ? undefined : 'Write why it is declined.', code: /^\d{6}$/.test(code) ? undefined : 'The one-time code has six digits.' }
  return (
    <SaveForm label="Decline the proposal" save="Sign: declined" problems={problems} onSave={sign} onDone={() => { draft.clear(); onClose() }} beside={<Button kind="plain" onClick={onClose}>Go back</Button>}>
      {(wrong) => <>
        <TextArea label="Why it is declined" hint="Nothing is ordered by this, and an order in force stays." value={reason} onChange={(why) => set({ reason: why })} problem={wrong('reason')} />
        <Signing what="this decision" code={code} onCode={(one) => set({ code: one })} problem={wrong('code')} />
      </>}
    </SaveForm>
  )
}
