import type { ShutAct } from '../sync/shut.ts'
import { dayAndTime } from './times.ts'

/** What she wrote here that neither this device nor the practice opens any more: how much and from when, that it is kept, and what to do. */
export function saysShut(shut: readonly ShutAct[], zone: string, phone: string): { readonly what: string; readonly kept: string; readonly next: string } {
  const count = shut.reduce((sum, { entries }) => sum + entries, 0)
  const [first, last] = [dayAndTime(shut.map(({ from }) => from).toSorted()[0]!, zone), dayAndTime(shut.map(({ to }) => to).toSorted().at(-1)!, zone)]
  const [things, they, are] = count === 1 ? ['One thing', 'It', 'is'] : [`${count} things`, 'They', 'are']
  return {
    what: `${things} you wrote on this device, ${first}${first === last ? '' : ` to ${last}`}, cannot be opened any more and ${count === 1 ? 'was' : 'were'} never sent.`,
    kept: `${they} ${are} kept here, locked: nobody can read ${count === 1 ? 'it' : 'them'}.`,
    next: `Write again what matters to you. Then tell the practice${phone ? ` at ${phone}` : ''}: sometimes it can be opened again, on this device.`,
  }
}
