import { consentForm } from '../../../knowledge/consents.ts'
import { effects } from '../../../knowledge/effects.ts'
import { protocols } from '../../../knowledge/protocols.ts'
import { registryRows } from '../../../knowledge/registry.ts'
import type { Entry } from '../../chart/entry.ts'
import { drawn, generated } from '../../outcomes/practice/testing/generated.ts'
import { rows as courseRows } from '../../outcomes/practice/testing/rows.ts'
import { plusMinutes } from '../../shared/time.ts'
import { tell, type Told, type ToldRows } from '../told.ts'

export const TODAY = '2029-01-01'
export const toldRows: ToldRows = {
  course: courseRows, registry: registryRows, consent: consentForm('registry')!, terms: new Set(effects.terms.map(({ id }) => id)), shippedCourses: new Set(Object.keys(protocols)), today: TODAY,
}

const shares = { signature: { person: 'x', name: 'Generated', meaning: 'consent', method: 'typed-name', signedAt: '2023-01-01T00:00:00.000Z' }, acknowledged: [], language: 'en', textSha256: '0'.repeat(64) }

/** A generated patient with a birth date and a sex, who agreed to sharing unless `agreed` says otherwise. Nobody is anybody. */
export function patient(number: number, agreed: 'signed' | 'withdrawn' | 'older' | 'not-asked' = 'signed') {
  const { entries, openedAt, askedAt } = generated(number)
  const draw = drawn(number + 77_777)
  const more: Entry[] = []
  const on = (kind: string, body: object, after: number) => more.push({ id: `00000000-0000-4000-9000-${(number * 100 + more.length).toString(16).padStart(12, '0')}`, kind, at: plusMinutes(openedAt, after), writtenAt: openedAt, by: 'somebody', device: 'generated', body } as unknown as Entry)
  on('demographics.v1', { givenName: 'Generated', familyName: `Number${number}`, birthDate: `${2004 - Math.floor(draw() ** 1.5 * 75)}-05-17` }, 1)
  on('fact.v1', { fact: 'sexAtBirth', state: 'answered', value: draw() < 0.62 ? 'F' : 'M' }, 2)
  if (agreed !== 'not-asked') on('consent.v1', { form: 'registry', version: agreed === 'older' ? '2020-01' : toldRows.consent.version, ...shares }, 3)
  if (agreed === 'withdrawn') on('consent-withdrawn.v1', { form: 'registry', said: '' }, 4)
  return { openedAt, askedAt, entries: [...entries, ...more].toSorted((a, b) => (a.at < b.at ? -1 : 1)) }
}

export function toldOf(number: number): Told {
  const { entries, openedAt } = patient(number)
  const told = tell(entries, openedAt, toldRows)
  if (typeof told === 'string') throw new Error(`${number}: ${told}`)
  return told
}
