import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Entry } from '../../chart/entry.ts'
import { instrumentCodes } from '../../measures/codes.ts'
import type { Instrument } from '../../measures/instrument.ts'
import { score } from '../../measures/score.ts'
import { instruments } from '../../../knowledge/instruments.ts'
import { exportSetting } from '../testing/export-setting.ts'
import { importAll, settingWith } from '../testing/setting.ts'
import { chartId, idOf } from '../testing/rich-people.ts'
import { exportBundle } from './bundle.ts'

const library = Object.values(instruments) as Instrument[]
const codes = library.map(instrumentCodes)
const setting = settingWith((text) => createHash('sha256').update(text).digest('hex'), { instruments: codes })
const highest = ({ answer }: Instrument['items'][number]) => (answer.kind === 'choice' ? (answer.options.at(-1)?.value ?? 0) : answer.kind === 'slider' ? answer.max : 1)
const lowest = ({ answer }: Instrument['items'][number]) => (answer.kind === 'choice' ? (answer.options[0]?.value ?? 0) : answer.kind === 'slider' ? answer.min : 0)

test.each(library.map((instrument) => [instrument.id, instrument] as const))('answers to %s leave and come back as they were, at both ends of every scale', (_, instrument) => {
  for (const pick of [highest, lowest]) {
    const answers = Object.fromEntries(instrument.items.map((item) => [item.id, pick(item)]))
    const at = '2026-11-01T09:00:00.000Z'
    const said = { instrument: instrument.id, version: instrument.version, language: 'en', answers, answeredBy: 'patient' as const }
    const entries: Entry[] = [
      { id: idOf(1), kind: 'demographics.v1', at, writtenAt: at, device: idOf(2), by: idOf(3), body: { givenName: 'Mira', familyName: 'Patel', birthDate: '1988-04-05' } },
      { id: idOf(4), kind: 'measure-answered.v1', at, writtenAt: at, device: idOf(2), by: idOf(3), body: said },
    ]
    const bundle = exportBundle(entries, { ...exportSetting, chart: chartId, instruments: codes, totalOf: (id, given) => (id === instrument.id ? score(instrument, given).total : null) })
    const back = importAll(bundle, setting).plans[0]?.entries.find((entry) => entry.kind === 'measure-answered.v1')
    expect(back?.body).toEqual(said)
    const total = score(instrument, answers).total
    const scores = bundle.entry.filter(({ resource }) => resource.id === `${idOf(4)}-total`).map(({ resource }) => resource['valueQuantity'])
    expect(scores).toEqual(total === null ? [] : [{ value: total, unit: '{score}', system: 'http://unitsofmeasure.org', code: '{score}' }])
  }
})
