import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import { joining } from '../../../../core/online/join.ts'
import { whereaboutsOf } from '../../../../core/online/whereabouts.ts'
import { standingVisits } from '../../../../core/measures/doses.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { plusMinutes } from '../../../../core/shared/time.ts'
import { ButtonLink, Disclosure, Notice } from '../../../kit/index.ts'
import { call } from '../../../sync/index.ts'
import { visitTitle } from '../../desk/visits.ts'
import { clockTime, dayAndTime } from '../../times.ts'
import { AddressField } from '../../video/VideoAddress.tsx'
import { useOpenChart } from '../open-chart.ts'
import { Part } from '../parts/Room.tsx'
import { LicenceThere } from './LicenceThere.tsx'
import { WhereTheyAre } from './WhereTheyAre.tsx'

/** The visits online of today that are not over, where somebody looks first. */
export function OnlineToday() {
  const { chart, now, zone } = useOpenChart()
  const closed = new Set(chart.all('visit-closed.v1').map(({ body }) => body.visit))
  return standingVisits(chart).filter((visit) => visit.online && !closed.has(visit.visit) && visit.endsAt > now && localDay(visit.startsAt, zone) === localDay(now, zone)).map((visit) => <OnlineVisit key={visit.visit} visit={visit} />)
}

/** A visit online: where it is joined, where the patient is, and whether whoever treats them is entered as licensed there. */
export function OnlineVisit({ visit }: { readonly visit: BookedVisit | undefined }) {
  const { isClinical, chart, zone, now } = useOpenChart()
  if (!visit?.online) return null
  const isToday = localDay(visit.startsAt, zone) === localDay(now, zone)
  const said = whereaboutsOf(chart, visit, zone)
  return (
    <Part title={`${visitTitle(visit)}, online`}>
      <Join visit={visit} />
      {isClinical && isToday && <WhereTheyAre key={said?.id ?? 'not said'} visit={visit} said={said} />}
      {isClinical && isToday && said && <LicenceThere visit={visit} state={said.body.state} />}
      <OwnAddress visit={visit} />
      {isClinical && !isToday && visit.startsAt > now && <p className="soft">On the day they are asked where they are, before they join.</p>}
    </Part>
  )
}

const joinKey = (chart: string, visit: string) => ['join visit', chart, visit]
function useJoin({ visit }: BookedVisit) {
  const { chartId } = useOpenChart()
  return useQuery({ queryKey: joinKey(chartId, visit), queryFn: () => call('joinVisit', { params: { chart: chartId, visit } }), refetchInterval: 60_000, retry: false })
}

/** The button is always there, and loud only about the hour of the visit. */
function Join({ visit }: { readonly visit: BookedVisit }) {
  const { zone, now } = useOpenChart()
  const { data, isError } = useJoin(visit)
  if (!data) return <p className="soft" role="status">{isError ? 'Where it is joined could not be read. Without a connection there is no video either: call them.' : 'Reading where it is joined …'}</p>
  const state = joining(visit, data.joinFromMinBefore, now)
  return (
    <>
      <p>{dayAndTime(visit.startsAt, zone)}, with {visit.people.map(({ name }) => name).join(' and ')}. {state === 'before' && `Joined from ${clockTime(plusMinutes(visit.startsAt, -data.joinFromMinBefore), zone)} on.`}</p>
      {data.address && <div className="k-buttons"><ButtonLink kind={state === 'now' ? 'primary' : 'quiet'} href={data.address} target="_blank" rel="noreferrer noopener">Join the visit</ButtonLink></div>}
      {data.of === null && <Notice level="caution" what="Where it is joined is not entered: neither for this visit nor as a standing address." next="Enter one below, or a standing one under My calendars." />}
      {data.of !== null && !data.address && <p className="soft">{OF[data.of]} It is shown to whoever is on the visit.</p>}
    </>
  )
}
const OF = { visit: 'It has an address of its own.', person: 'It is joined at its clinician’s standing address.', practice: 'It is joined at the practice’s standing address.' } as const

/** An address for one visit, by whoever is on it and by the desk; it goes before the standing ones. */
function OwnAddress({ visit }: { readonly visit: BookedVisit }) {
  const { chartId, may } = useOpenChart()
  const queries = useQueryClient()
  const { data } = useJoin(visit)
  if (!data || !may('plan.book')) return null
  const keep = async (address: string) => {
    await call('keepVisitVideo', { params: { chart: chartId, visit: visit.visit }, body: { address } })
    await queries.invalidateQueries({ queryKey: joinKey(chartId, visit.visit) })
  }
  const stands = data.of === 'visit' ? data.address ?? '' : ''
  return <Disclosure open={data.of === null} summary="An address for this visit alone"><AddressField key={stands} stands={stands} label="Video address for this visit" hint="It goes before the standing one." keep={keep} /></Disclosure>
}
