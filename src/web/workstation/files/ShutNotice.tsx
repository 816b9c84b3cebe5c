import { Notice } from '../../kit/index.ts'
import type { ShutAct } from '../../sync/index.ts'
import { clockTime, dayAndTime, shortDay } from '../times.ts'

/** What somebody wrote here that nothing opens any more: how much and from when, that it is kept, and what to do. */
export function ShutNotice({ shut, zone }: { readonly shut: readonly ShutAct[]; readonly zone: string }) {
  if (shut.length === 0) return null
  return <Notice level="call" what={`${saysShut(shut, zone)} cannot be opened any more: not on this device, and not by the server.`} kept="Kept here as it was sealed. It was never sent, and is not part of the record." next="Write down again what you know of it, with its time. Tell whoever keeps the server: with its quarantine keys back from a copy, it opens when this page is opened again." />
}

/** "2 entries that you wrote here on November 20, 14:02 to 14:10" */
export function saysShut(shut: readonly ShutAct[], zone: string): string {
  const entries = shut.reduce((sum, one) => sum + one.entries, 0)
  const [from, to] = [shut.map((one) => one.from).toSorted()[0]!, shut.map((one) => one.to).toSorted().at(-1)!]
  const until = dayAndTime(from, zone) === dayAndTime(to, zone) ? '' : ` to ${shortDay(from, zone) === shortDay(to, zone) ? clockTime(to, zone) : dayAndTime(to, zone)}`
  return `${entries} ${entries === 1 ? 'entry' : 'entries'} that you wrote here, ${dayAndTime(from, zone)}${until},`
}
