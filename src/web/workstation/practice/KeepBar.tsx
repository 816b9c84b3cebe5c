import { Button, StatusLine } from '../../kit/index.ts'
import { Refused } from '../desk/parts.tsx'
import type { Refusal } from '../desk/use-act.ts'

/** The end of every form here: what went wrong, the one button, the way out, and whether it is kept. */
export const KeepBar = ({ refusal, pending, kept, onLeave, children }: { readonly refusal: Refusal | undefined; readonly pending: boolean; readonly kept: boolean; readonly onLeave?: () => void; readonly children: string }) => (
  <div className="p-keep">
    <Refused refusal={refusal} />
    <div className="k-buttons">
      <Button type="submit" kind="primary" pending={pending}>{children}</Button>
      {onLeave && <Button onClick={onLeave}>Leave without keeping</Button>}
      <StatusLine>{kept ? 'Kept.' : ''}</StatusLine>
    </div>
  </div>
)
