import { usePatient } from './patient.tsx'

interface SavedLineProps {
  /** What was written, once it lies on this device. */
  readonly entry: string | undefined
  /** Said once the practice has it. */
  readonly saved?: string
  /** Said while nothing was written. */
  readonly otherwise?: string
}

/** How what was just written stands: here, or with the practice. Read out when it changes. */
export function SavedLine({ entry, saved = 'Saved.', otherwise = '' }: SavedLineProps) {
  const { used } = usePatient()
  const kept = entry === undefined ? undefined : used.kept(entry)
  return (
    <output className="p-outcome">
      {kept === undefined ? otherwise : kept === 'saved' ? saved : kept === 'problem' ? 'It lies on this device and was not taken yet: see above.' : used.connection === 'live' ? 'Saved here · on its way' : 'Saved here. It goes out when the connection is back.'}
    </output>
  )
}
