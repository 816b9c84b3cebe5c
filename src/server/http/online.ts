import type { Chart } from '../../core/chart/chart.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { addressFor } from '../../core/online/join.ts'
import { decisionWords, licenceDecided, unlicensedAt, whereaboutsOf } from '../../core/online/whereabouts.ts'
import { onlineVisits } from '../../knowledge/online.ts'
import { staff } from '../store/practice.ts'
import { keepVideoAddress, videoAddresses } from '../store/video.ts'
import { asJob } from './job.ts'
import { judge, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

export const onlineHandlers: Handlers<'joinVisit' | 'keepVisitVideo' | 'videoAddresses' | 'keepVideoAddress'> = {
  async joinVisit({ params }, here) {
    const judged = await judge(here, params.chart)
    const visit = onlineVisit(judged, params.visit)
    const found = await asJob(here.shell, here.actor.practice, async (client) => addressFor(await videoAddresses({ client, actor: here.actor }, [visit.visit]), visit))
    return { address: isOn(visit, judged, here) ? found?.address ?? null : null, of: found?.of ?? null, joinFromMinBefore: onlineVisits.joinFromMinBefore, waits: waitsFor(visit, judged.chart, judged.zone, await staff(here)) }
  },
  async keepVisitVideo({ params, body }, here) {
    const visit = onlineVisit(await judge(here, params.chart), params.visit)
    if (!isDesk(here) && visit.people.every(({ person }) => person !== here.actor.person)) throw refused('Whoever is on the visit, or the desk, changes where it is joined.')
    await keepVideoAddress(here, { person: null, visit: visit.visit, address: body.address || null }, here.now)
    return { done: true }
  },
  async videoAddresses(_, here) {
    const kept = await videoAddresses(here)
    return { practice: kept.find(({ person }) => person === null)?.address ?? null, people: kept.flatMap(({ person, address }) => (person && address ? [{ person, address }] : [])) }
  },
  async keepVideoAddress({ body }, here) {
    const known = body.person === null || (await staff(here)).some(({ person }) => person === body.person)
    if (!known || (!isDesk(here) && body.person !== here.actor.person)) throw refused('Everybody keeps their own address; the desk keeps those of the people who work here, and the practice’s.')
    await keepVideoAddress(here, { person: body.person, visit: null, address: body.address || null }, here.now)
    return { done: true }
  },
}

const refused = (says: string) => new Problem('step.blocked', { list: [{ code: 'video', says }] })
const isDesk = ({ actor }: Here): boolean => actor.roles.some((role) => role === 'coordinator' || role === 'owner')

/** The patient whose visit it is, and those booked to be there. A care team is larger than a visit. */
const isOn = ({ people }: BookedVisit, { row }: Judged, { actor }: Here): boolean => (row.patient !== null && row.patient === actor.person) || people.some(({ person }) => person === actor.person)

function onlineVisit({ chart }: Judged, id: string): BookedVisit {
  const visit = standingVisits(chart).find((one) => one.visit === id && one.online)
  if (!visit) throw new Problem('not-found')
  return visit
}

/** What the patient reads where a licence may be missing: that it may have to wait, and what was decided once somebody has. */
export function waitsFor(visit: BookedVisit, chart: Chart, zone: string, people: Awaited<ReturnType<typeof staff>>): string | null {
  const said = whereaboutsOf(chart, visit, zone)
  if (!said || unlicensedAt(visit, said.body.state, people, zone).length === 0) return null
  const decided = licenceDecided(chart, visit, said.body.state)
  return decided ? `Your clinician has decided: ${decisionWords[decided.body.decision].toLowerCase()}.` : onlineVisits.mayHaveToWait
}
