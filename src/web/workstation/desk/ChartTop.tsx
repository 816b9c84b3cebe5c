import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ChartHead } from '../../../core/contract/charting.ts'
import { Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { plainDay } from '../times.ts'

export const useChartHead = (chart: string) => useQuery({ queryKey: ['chart', chart], queryFn: () => call('chart', { params: { chart } }) })

/** Whose chart the desk is at, and the ways between its pages. */
export function ChartTop({ head, title }: { readonly head: ChartHead | undefined; readonly title: string }) {
  const team = head?.team.filter(({ role }) => role !== 'patient').map(({ name, role }) => `${name}, ${role.replace('-', ' ')}`) ?? []
  return (
    <Stack air="tight">
      <h1>{head ? `${title} · ${head.name}` : title}</h1>
      {head && <p className="soft">{[head.birthDate ? `born ${plainDay(head.birthDate)}` : 'birth date not recorded', ...team].join(' · ')}</p>}
      {head && (
        <nav className="k-nav d-chartnav" aria-label={`Pages of ${head.name}`}>
          <Link to="/work/charts/$chart" params={{ chart: head.chart }} activeOptions={{ exact: true }}>Chart</Link>
          <Link to="/work/charts/$chart/plan" params={{ chart: head.chart }}>Plan</Link>
          <Link to="/work/charts/$chart/money" params={{ chart: head.chart }}>Money</Link>
        </nav>
      )}
    </Stack>
  )
}
