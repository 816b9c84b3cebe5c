import { newToken } from '../sign-in/secrets.ts'
import { enterByLink, takeNarrowLink, type NarrowLink } from '../store/narrow-links.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { write } from './charts.ts'
import { Problem } from './problems.ts'
import type { Here, Shell } from './shell.ts'

/** What a person says by a link of theirs, written in their name within the transaction that uses the link up: both happen, or neither. False where the link had ended. */
export async function writeByLink(shell: Shell, token: string, link: NarrowLink, action: string, drafts: (here: Here) => readonly EntryDraft[]): Promise<boolean> {
  const now = shell.clock.now()
  const session = newToken()
  if (!(await enterByLink(shell.database, token, session, now))) return false
  try {
    await shell.database.inContext(session, { chart: link.chart, durable: true }, async (context) => {
      if (!(await takeNarrowLink(context.client, shell.database, link, now))) throw new Problem('sign-in.link-used')
      const here = { ...context, shell, now, token: session } as Here
      await write(here, link.chart, drafts(here), action, true)
    })
    return true
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'sign-in.link-used') return false
    throw failure
  } finally {
    await shell.database.pool.query('select app.end_session($1)', [session]).catch(() => {})
  }
}
