import type { EntryDraft } from '../../core/chart/entry.ts'
import { newToken } from '../sign-in/secrets.ts'
import { enterByLink, takeNarrowLink, type NarrowLink } from '../store/narrow-links.ts'
import { write } from './charts.ts'
import { Problem } from './problems.ts'
import type { Here, Shell } from './shell.ts'

/**
 * One act of the person whose link it is, in their name: the link is used up in the transaction that writes, by `use`,
 * which refuses whoever comes second. Whatever was opened for it ends with it.
 */
export async function byLink<T>(shell: Shell, token: string, link: NarrowLink, work: (here: Here, use: () => Promise<void>) => Promise<T>): Promise<T | 'ended'> {
  const [session, now] = [newToken(), shell.clock.now()]
  if (!(await enterByLink(shell.database, token, session, now))) return 'ended'
  try {
    return await shell.database.inContext(session, { chart: link.chart, durable: true }, (context) => work({ ...context, shell, now, token: session } as Here, async () => {
      if (!(await takeNarrowLink(context.client, shell.database, link, now))) throw new Problem('sign-in.link-used')
    }))
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'sign-in.link-used') return 'ended'
    throw failure
  } finally {
    await shell.database.pool.query('select app.end_session($1)', [session]).catch(() => {})
  }
}

/** What somebody says by a link of theirs and nothing else. False where the link had ended. */
export async function writeByLink(shell: Shell, token: string, link: NarrowLink, action: string, drafts: (here: Here) => readonly EntryDraft[]): Promise<boolean> {
  const written = await byLink(shell, token, link, async (here, use) => {
    await use()
    await write(here, link.chart, drafts(here), action, true)
  })
  return written !== 'ended'
}
