import type { Chart } from '../chart/chart.ts'

/**
 * The sessions that were closed as ones in which nothing was given. Where a dose of such a session stands on the chart all
 * the same, recorded on a device that was away when somebody closed it, it counts as one with medicine: they are asked after.
 */
export function undosedSessions(chart: Chart): ReadonlySet<string> {
  const dosed = new Set(chart.all('dose-given.v1').map(({ session }) => session))
  return new Set(chart.all('session-closed.v1').flatMap(({ session, body }) => (session !== undefined && body.how === 'not-dosed' && !dosed.has(session) ? [session] : [])))
}
