import type { Entry } from '../../../core/chart/entry.ts'
import { StatusLine } from '../../kit/index.ts'
import { useFile } from '../../sync/index.ts'
import './files.css'

/** A recording to listen to, or that it is not here. */
export function Sound({ chartId, entry, connected }: { readonly chartId: string; readonly entry: Entry; readonly connected: boolean }) {
  const file = useFile(chartId, entry, connected)
  if (file.state === 'looking') return <p className="soft">Looking for the sound …</p>
  if (file.state === 'missing') return <StatusLine waiting>{file.say}</StatusLine>
  // Its words stand beside it once they are written out: they are what it is for.
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  return <audio controls preload="metadata" src={file.url} aria-label="The spoken note" />
}
