import { lentOf } from '../../core/chart/lent.ts'
import type { Request } from '../../core/contract/contract.ts'
import { bringingFiles } from './bring-files.ts'
import { call } from './client.ts'
import type { Act, Stream } from './device-store.ts'
import type { Numbered } from './outbox.ts'

const ROUTES = { chart: 'append', notes: 'keepNote', journal: 'keepJournal' } as const satisfies Record<Stream, string>
const bringing = bringingFiles()

/** Sends one act by the route of its stream, under the name of whoever wrote it, or lent the device to sign it: another page may have signed in somebody else since. Files it names go before it. */
export async function postAct(act: Act): Promise<readonly Numbered[]> {
  const { chart, stream, entries } = act
  await bringing.bring(act)
  const drafts = entries.map(({ by: _by, seq: _seq, digest: _digest, receivedAt: _receivedAt, ...draft }) => draft)
  const { stored } = await call(ROUTES[stream], { params: { chart }, body: { by: entries[0] && (lentOf(entries[0])?.by ?? entries[0].by), entries: drafts } } as unknown as Request<'append'>)
  await bringing.settled(act)
  return stored
}
