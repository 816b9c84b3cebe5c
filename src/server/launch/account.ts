import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** The account PostgreSQL runs as. Undefined means: as whoever typed the command. */
export type Account = { uid: number; gid: number; name: string } | undefined

/**
 * PostgreSQL refuses to run as root, so when root types the command an account without privileges runs it:
 * the one that already owns the cluster, else postgres, else nobody.
 */
export function databaseAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readAccounts()
  const owner = existsSync(cluster) ? statSync(cluster) : undefined
  if (owner && owner.uid !== 0) {
    return { uid: owner.uid, gid: owner.gid, name: accounts.find(({ uid }) => uid === owner.uid)?.name ?? `user ${owner.uid}` }
  }
  const found = accounts.find(({ name }) => name === 'postgres') ?? accounts.find(({ name }) => name === 'nobody')
  if (!found) throw new CannotStart('The database does not run as root, and this machine has neither a user postgres nor a user nobody. Start OpenKAP as an ordinary user.')
  return found
}

/** Whether the account can walk down to a path. Groups are left out: a wrong "no" only costs a copy. */
export function canReach(target: string, account: Account): boolean {
  if (!account) return true
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const { uid, mode } = statSync(folder)
    if (!(mode & (uid === account.uid ? 0o100 : 0o001))) return false
    if (folder === path.dirname(folder)) return true
  }
}

function readAccounts() {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
}
