import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { EmptyState, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Frame } from '../Frame.tsx'
import { useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import { ChartTop, useChartHead } from './ChartTop.tsx'
import { CourseEstimate } from './CourseEstimate.tsx'
import { LateFees } from './LateFees.tsx'
import { Loaded, Section } from './parts.tsx'
import { Superbills } from './Superbills.tsx'
import './desk.css'

/** What the whole course costs, said before it begins, and the bills after each visit. */
export function MoneyPage() {
  const { chart } = useParams({ strict: false }) as { chart: string }
  const head = useChartHead(chart)
  const queries = useQueryClient()
  const changed = async () => {
    await Promise.all([['documents', chart], ['superbills', chart], ['estimate', chart], ['course', chart], ['home']].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  return (
    <Frame title="Money">
      <Stack air="wide">
        <ChartTop head={head.data} title="Money" />
        <div className="d-money">
          <Stack air="wide">
            <CourseEstimate chart={chart} onGiven={changed} />
            <Superbills chart={chart} onIssued={changed} />
            <LateFees chart={chart} />
            <Papers chart={chart} />
          </Stack>
        </div>
      </Stack>
    </Frame>
  )
}

export const paperHref = (chart: string, document: string) => `/api/charts/${chart}/documents/${document}`

/** Every paper that was made for this person. */
function Papers({ chart }: { readonly chart: string }) {
  const zone = useMe()?.practice.zone
  const query = useQuery({ queryKey: ['documents', chart], queryFn: () => call('documents', { params: { chart } }) })
  return (
    <Section id="papers" title="Papers">
      <Loaded query={query} what="the papers">
        {({ documents }) => documents.length === 0
          ? <EmptyState what="No paper has been made yet." begin="A given estimate and every superbill appear here as PDF, and on the patient’s own page." />
          : <ul className="d-papers">{documents.map(({ id, title, at }) => <li key={id}><a href={paperHref(chart, id)} download>{title} (PDF)</a> <span className="soft">{dayAndTime(at, zone)}</span></li>)}</ul>}
      </Loaded>
    </Section>
  )
}
