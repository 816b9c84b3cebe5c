import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { EmptyState, Notice, Stack } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { Loaded } from '../desk/parts.tsx'
import { Frame } from '../Frame.tsx'
import { isOne, useMe } from '../me.ts'
import { dayAndTime } from '../times.ts'
import { Events } from './Events.tsx'
import { Filter, type Asked } from './Filter.tsx'
import { FunderWords } from './FunderWords.tsx'
import { Funnel } from './Funnel.tsx'
import { KeptCurve } from './KeptCurve.tsx'
import { Measure } from './Measure.tsx'
import { Registry } from './Registry.tsx'
import { Rules } from './Rules.tsx'
import { instrumentTitle, whichWords, type Figures, type Outcomes } from './words.ts'
import '../desk/desk.css'
import './outcomes.css'

/** What came of the courses here: in figures of ten people or more, with what is missing, and each with its rule. */
export function OutcomesPage() {
  const me = useMe()
  const may = me !== undefined && isOne(me, 'owner', 'medical-director')
  const [asked, setAsked] = useState<Asked>({})
  const query = useQuery({ queryKey: ['outcomes', asked], queryFn: () => call('outcomes', { query: asked }), enabled: may, placeholderData: keepPreviousData })
  return (
    <Frame title="Outcomes">
      <Stack air="wide">
        <div className="o-head">
          <h1>Outcomes</h1>
          <p className="soft">What came of the courses here, for everybody who began one. Groups of fewer than ten people are not shown.</p>
        </div>
        {me && !may
          ? <Notice what="These figures are read by the owner and the medical director." next="Each patient’s own outcome stands on their chart." />
          : <Loaded query={query} what="the figures">{(outcomes) => (
            <>
              <Filter choices={outcomes.choices} asked={asked} onAsk={setAsked} />
              <Shown outcomes={outcomes} practice={me?.practice.name ?? ''} zone={me?.practice.zone} sample={me?.practice.sample ?? false} asked={asked} onAsk={setAsked} isOld={query.isPlaceholderData} />
            </>
          )}</Loaded>}
      </Stack>
    </Frame>
  )
}

interface ShownProps {
  readonly outcomes: Outcomes
  readonly practice: string
  readonly zone: string | undefined
  readonly sample: boolean
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
  readonly isOld: boolean
}

function Shown({ outcomes, practice, zone, sample, asked, onAsk, isOld }: ShownProps) {
  const { figures, countedAt, waiting, compared, choices } = outcomes
  const { begun, underWay, finished, measures, kept, events, funnel, group } = figures
  return (
    <div className="o-figures" aria-busy={isOld}>
      {sample && <p><strong>Sample practice: everybody and everything here is invented.</strong></p>}
      {waiting > 0 && <Notice what={`${waiting === 1 ? 'One chart has' : `${waiting} charts have`} changed and ${waiting === 1 ? 'is' : 'are'} not counted yet.`} next="Open this page again in a minute." />}
      {isBehind(outcomes) && <Notice what={`Nothing was counted since ${dayAndTime(countedAt, zone)}. The figures are as of then.`} next="What was written since is kept on the charts. Whoever looks after the server finds why in its log." />}
      {begun === null
        ? <EmptyState what="Fewer than ten courses can be counted here so far, or so small a group could be worked out from a figure. Shares, curves and side effects will stand here from ten courses on: a course counts from the 36th day after its last dose." />
        : <p className="o-count" role="status"><strong>{begun} courses</strong>{whichWords(group)} are counted as of {dayAndTime(countedAt, zone)}; {finished} of them were finished. {underWay} more are under way: their last scores may still come.</p>}
      {measures.filter(({ begun: known }) => known !== null).map((measure) => <Measure key={measure.instrument} measure={measure} asked={asked} />)}
      {begun !== null && <TooFew measures={measures} />}
      <KeptCurve kept={kept} compared={compared} choices={choices} asked={asked} onAsk={onAsk} />
      <Events events={events} asked={asked} />
      <Funnel funnel={funnel} year={group.year} />
      {begun !== null && <FunderWords figures={figures} practice={practice} />}
      <Registry />
      <Rules title="How to read this page" ids={['practice.begun', 'practice.small', 'practice.no-cause', 'practice.dose-ranges']} />
    </div>
  )
}

/** The job counts three times a minute: after a quarter of an hour something keeps it from counting. */
const isBehind = ({ now, countedAt }: Outcomes) => Date.parse(now) - Date.parse(countedAt) > 15 * 60_000

/** Questionnaires that were answered by too few to say anything of. */
function TooFew({ measures }: { readonly measures: Figures['measures'] }) {
  const few = measures.filter(({ begun }) => begun === null).map(({ instrument }) => instrumentTitle(instrument))
  return few.length === 0 ? null : <p className="soft">Answered by too few people to be shown: {few.join(', ')}.</p>
}
