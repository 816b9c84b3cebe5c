import { useQuery } from '@tanstack/react-query'
import type { Response } from '../../../core/contract/contract.ts'
import { DataPairs, EmptyState } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded, Section } from './parts.tsx'

type What = Response<'firstVisitsKept'>['counts'][number]['what']

/** For the owner: how often the promise was kept, with everybody of whom that cannot be said. */
export function PromiseKept() {
  const query = useQuery({ queryKey: ['first-visits-kept'], queryFn: () => call('firstVisitsKept') })
  return (
    <Section id="promise-kept" title="How the promise was kept">
      <Loaded query={query} what="the last inquiries">{(kept) => <Counts {...kept} />}</Loaded>
    </Section>
  )
}

function Counts({ last, withinDays, counts }: Response<'firstVisitsKept'>) {
  if (last === 0) return <EmptyState what="Nobody has written yet." begin="Once somebody has, it stands here whether their first visit was within the promise." />
  const kept = counts.find(({ what }) => what === 'kept')?.count ?? 0
  const others = counts.filter(({ what, count }) => what !== 'kept' && count > 0)
  return (
    <>
      <p>Of the last {last === 1 ? 'inquiry' : `${last} inquiries`}, {kept === 0 ? 'none' : kept} had a first visit within {withinDays} days of writing. Only a visit of which something was written counts.</p>
      {others.length > 0 && <DataPairs pairs={others.map(({ what, count }) => [otherWords[what], String(count)] as const)} wide />}
    </>
  )
}

const otherWords: Readonly<Record<What, string>> = {
  kept: 'Within the promise',
  later: 'Had it later',
  'not-yet': 'No first visit, and the days have passed',
  unwritten: 'Booked for a day that has passed, and nothing is written of it',
  within: 'No first visit yet, and the days still run',
  closed: 'Closed without a first visit',
}
