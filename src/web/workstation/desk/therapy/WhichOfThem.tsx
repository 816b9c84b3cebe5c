import { useState } from 'react'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import { RadioTiles } from '../../../kit/index.ts'
import { useNow } from '../../../sync/clock.ts'
import { CancelDialog } from '../CancelDialog.tsx'
import { MoveDialog, type MoveProps } from '../MoveDialog.tsx'
import { ChangeSeries } from './ChangeSeries.tsx'
import { StopSeries } from './StopSeries.tsx'
import { seriesWith, useTherapy } from './therapy.ts'

type Scope = 'this' | 'following' | 'all'

/** Which visits of a series are meant; asked wherever one of them is moved or cancelled. */
const Which = ({ value, onChange, following, coming }: { readonly value: Scope; readonly onChange: (scope: Scope) => void; readonly following: number; readonly coming: number }) => (
  <RadioTiles<Scope> label="Which visits" tile="11rem" value={value} onChange={onChange} choices={[
    { value: 'this', label: 'Only this one' },
    ...(following > 1 ? [{ value: 'following' as const, label: 'This one and all that follow', hint: `${following} visits` }] : []),
    ...(coming > following ? [{ value: 'all' as const, label: 'Every one to come', hint: `${coming} visits` }] : []),
  ]} />
)

function useScope(chart: string, visit: BookedVisit) {
  const now = useNow(60_000)
  const therapy = useTherapy(chart, visit.type === 'therapy')
  const [scope, setScope] = useState<Scope>('this')
  const found = visit.type === 'therapy' ? seriesWith(therapy.data, visit.visit, now) : undefined
  const asks = found !== undefined && found.coming.length > 1
  const which = asks ? <Which value={scope} onChange={setScope} following={found.following.length} coming={found.coming.length} /> : undefined
  return { known: therapy.data, found: asks && scope !== 'this' ? { series: found.series, scope, visits: scope === 'all' ? found.coming : found.following } : undefined, which }
}

/** Moves a visit, or with it every hour of therapy that follows. */
export function MoveAny(props: MoveProps) {
  const { known, found, which } = useScope(props.chart, props.visit)
  if (!found || !known) return <MoveDialog {...props} which={which} />
  return <ChangeSeries chart={props.chart} known={known} series={found.series} from={{ visit: props.visit.visit, scope: found.scope }} which={which} count={found.visits.length} first={found.visits[0]!} onClose={props.onClose} onDone={(how) => props.onMoved(found.visits.length, how)} />
}

/** Cancels a visit, or ends therapy from it on. */
export function CancelAny({ chart, visit, onClose, onCancelled }: { readonly chart: string; readonly visit: BookedVisit; readonly onClose: () => void; readonly onCancelled: (count: number) => void }) {
  const { found, which } = useScope(chart, visit)
  if (!found) return <CancelDialog chart={chart} visit={visit} which={which} onClose={onClose} onCancelled={() => onCancelled(1)} />
  return <StopSeries chart={chart} series={found.series} from={{ visit: visit.visit, scope: found.scope }} gone={found.visits} which={which} onClose={onClose} onDone={onCancelled} />
}
