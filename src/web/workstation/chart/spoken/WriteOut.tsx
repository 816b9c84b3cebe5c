import { useState } from 'react'
import type { Entry } from '../../../../core/chart/entry.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Button, TextArea } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useAct } from '../parts/act.tsx'
import { useDraft } from '../parts/drafts.ts'
import { SaveForm } from '../parts/SaveForm.tsx'

type Body = BodyOf<'spoken-note-written.v1'>

/** Its author's words for what they spoke; or that there are none. */
export function WriteOut({ of, text, written, onWrite }: { readonly of: string; readonly text: string; readonly written: boolean; readonly onWrite: (body: Body) => Promise<Entry> }) {
  const { chartId } = useOpenChart()
  const [open, setOpen] = useState(!written)
  const draft = useDraft(`${chartId} spoken ${of}`, { text })
  const act = useAct()
  if (!open) return <Button kind="quiet" onClick={() => setOpen(true)}>Put the words right</Button>
  const done = () => { draft.clear(); setOpen(false) }
  return (
    <SaveForm
      label="Written out" save="Keep the words" problems={{ text: draft.value.text.trim() ? undefined : 'Nothing is written yet. Where there are no words in it, say that it holds nothing.' }} act={act} onDone={done}
      onSave={() => onWrite({ spoken: of, holds: 'words', text: draft.value.text.trim() })}
      beside={<Button kind="plain" onClick={() => void act.run(() => onWrite({ spoken: of, holds: 'nothing', text: '' })).then((wrote) => { if (wrote) done() })}>It holds nothing</Button>}
    >
      {(wrong) => <TextArea label="What was said" hint="This is what the record reads." rows={4} value={draft.value.text} onChange={(next) => draft.set({ text: next })} problem={wrong('text')} maxLength={20_000} />}
    </SaveForm>
  )
}
