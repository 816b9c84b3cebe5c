import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role } from '../../../../core/access/roles.ts'
import type { ChartHead } from '../../../../core/contract/charting.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { call } from '../../../sync/client.ts'

/** The people of the practice, for choosing one. */
const practice = { queryKey: ['practice'], queryFn: () => call('practice'), staleTime: 60_000 }
export const usePractice = () => useQuery(practice)
/** The same, for an act that cannot wait for the screen: what is on its way is waited for, not asked for twice. */
export function useAskPractice() {
  const queries = useQueryClient()
  return () => queries.ensureQueryData(practice)
}

export const staffWith = (practice: Response<'practice'> | undefined, role: Role) => (practice?.staff ?? []).filter(({ active, roles }) => active && roles.includes(role))

/** The care team, asked again when somebody joins; until the server answers, as this device last heard it. */
export function useTeam(chart: string, known: ChartHead['team']): ChartHead['team'] {
  const { data } = useQuery({ queryKey: ['chart-head', chart], queryFn: () => call('chart', { params: { chart } }), staleTime: 30_000 })
  return data?.team ?? known
}

export type JoiningRole = 'therapist' | 'prescriber' | 'monitor' | 'coordinator' | 'medical-director'

/** Puts somebody on the care team: that is where the right to see the chart comes from. */
export function useJoinTeam(chart: string) {
  const queries = useQueryClient()
  return async (person: string, role: JoiningRole) => {
    await call('joinTeam', { params: { chart }, body: { person, role } })
    await queries.invalidateQueries({ queryKey: ['chart-head', chart] })
  }
}
