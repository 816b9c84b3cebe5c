import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { PoolClient } from 'pg'
import { readChart } from '../core/chart/chart.ts'
import { aggregateCounts } from '../core/registry/aggregate/build.ts'
import { sealed } from '../core/registry/aggregate/check.ts'
import { FORMAT, FORMAT_VERSION, type AggregateFile } from '../core/registry/aggregate/file.ts'
import { aliasOf, type Keyed } from '../core/registry/alias.ts'
import { consentRefusal, type LeftOut, type ToldRows } from '../core/registry/told.ts'
import { canonical } from '../core/shared/canonical.ts'
import { localDay } from '../core/shared/local-day.ts'
import type { Instant } from '../core/shared/time.ts'
import { consentForm } from '../knowledge/consents.ts'
import { effects } from '../knowledge/effects.ts'
import { registryRows } from '../knowledge/registry.ts'
import { rulebook } from '../knowledge/rulebook.ts'
import { AT_ONCE, countOutcomes, rowsOf, type Counting } from './outcomes.ts'
import type { Shell } from './http/shell.ts'
import { digestOf, editionInForce, type Edition } from './rulebook.ts'
import { askedForConsent, readAggregate, registryKey, type Asked } from './store/registry.ts'
import { practiceRow } from './store/practice.ts'

const form = consentForm('registry')!
const terms = new Set(effects.terms.map(({ id }) => id))
const shippedCourses = new Set(Object.keys(rulebook.protocols))

/** By which rules something was taken away from persons: the words and the digest of the rows. */
export const registryRules = { version: registryRows.version, sha256: digestOf(canonical(registryRows)) }

export interface RegistrySetting {
  readonly name: string
  readonly sample: boolean
  readonly edition: string
  readonly rows: ToldRows
  /** Names and days by the key of this practice, which never leaves it. */
  readonly keyed: Keyed
}

export async function registrySetting(client: PoolClient, practice: string, now: Instant): Promise<RegistrySetting> {
  const asked = { client, actor: { practice } as never }
  const edition: Edition = await editionInForce(asked)
  const { name, zone, sample } = await practiceRow(asked)
  const key = await registryKey(client, practice, randomBytes(32).toString('hex'), now)
  return {
    name, sample, edition: edition.name, keyed: (text) => createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex'),
    rows: { course: rowsOf(edition, zone), registry: registryRows, consent: form, terms, shippedCourses, today: localDay(now, zone) },
  }
}

/** Of all charts, whose consent stands; and of the others, how many did what. */
export interface RegistryConsents {
  readonly charts: number
  readonly agreed: readonly Pick<Asked, 'chart' | 'openedAt'>[]
  readonly withdrawn: number
  readonly olderWords: number
  readonly unreadable: number
}

export async function registryConsents(client: PoolClient, practice: string): Promise<RegistryConsents> {
  const { charts, asked } = await askedForConsent(client, practice, form.form)
  const states = asked.map((one) => ({ one, why: refusalOf(one) }))
  const many = (reason: LeftOut) => states.filter(({ why }) => why === reason).length
  return { charts, agreed: states.filter(({ why }) => why === undefined).map(({ one: { chart, openedAt } }) => ({ chart, openedAt })), withdrawn: many('withdrawn'), olderWords: many('older-words'), unreadable: many('unreadable') }
}

function refusalOf({ entries }: Asked): LeftOut | undefined {
  try {
    return consentRefusal(readChart(entries), form)
  } catch {
    return 'unreadable'
  }
}

/** Every chart that changed is counted first, however long that takes. */
export async function countEverything(shell: Counting, practice: string): Promise<void> {
  while ((await countOutcomes(shell, practice)) === AT_ONCE) {}
}

/** Under which name a practice stands in what it gives away. */
export const practiceAlias = (practice: string, keyed: Keyed): string => aliasOf(`practice ${practice}`, keyed, registryRows.calendar).person

/** The counts of a practice as others may have them, of everything that has been counted by now. */
export async function registryAggregate(shell: Pick<Shell, 'database'>, practice: string, now: Instant): Promise<AggregateFile> {
  return shell.database.asJob(practice, { durable: true }, async (client) => {
    const { name, edition, rows, keyed } = await registrySetting(client, practice, now)
    const counts = aggregateCounts(await readAggregate(client, practice, rows.today), registryRows)
    return sealed({
      format: FORMAT, version: FORMAT_VERSION, practice: { id: practiceAlias(practice, keyed), name }, fewest: registryRows.fewest.people,
      rules: `${registryRules.version} ${registryRules.sha256.slice(0, 12)}`, edition, madeAt: now, countedTo: rows.today, ...counts,
    }, sha256)
  })
}
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
