import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { comfortMeasures } from './comfort.ts'
import { conditions } from './conditions.ts'
import { discharge } from './discharge.ts'
import { dosing } from './dosing.ts'
import { effects } from './effects.ts'
import { eligibility, freshness, screeningLimits } from './eligibility.ts'
import { emergencyCards, emergencyKit } from './emergency.ts'
import { baselineDays, followUpHours, followUpWindows, instruments, riskPaths, riskTold, weekly } from './instruments.ts'
import { together } from './together.ts'
import { interactionRows } from './interactions.ts'
import { library } from './library.ts'
import { monitoring } from './monitoring.ts'
import { baselineRow, changes, madrsRow, maintenanceRow, qidsRow, relapseRow, reliability, reporting, traumaRow, warningRow } from './outcomes.ts'
import { plasma } from './plasma.ts'
import { plausibleVitals } from './plausible-vitals.ts'
import { protocols } from './protocols.ts'
import { recoveryScores } from './recovery-scores.ts'
import { scales } from './scales.ts'
import { titration } from './titration.ts'
import { patientWords } from './words.ts'
import type { Words } from './words/row.ts'

type Row = { readonly id: string }
const { rules: preDoseRules, ...preDose } = monitoring.preDose
const { rescues, ...dischargeRows } = discharge
/** Which rows belong to which area, and what of a row is in plain words already. */
const areas: Readonly<Record<keyof typeof patientWords, { readonly rows: readonly Row[]; readonly plain?: (row: never) => string }>> = {
  eligibility: { rows: eligibility, plain: (row: (typeof eligibility)[number]) => row.plainly },
  reading: { rows: [...freshness, screeningLimits.pressure, screeningLimits.itemNine, screeningLimits.cSsrs, screeningLimits.bladder, screeningLimits.overrides] },
  interactions: { rows: interactionRows },
  watching: { rows: [...monitoring.alerts, ...monitoring.responses, ...monitoring.schedules, monitoring.reading, monitoring.clearing, monitoring.escalation, monitoring.deepSedation] },
  preDose: { rows: [...preDoseRules, preDose, monitoring.gates] },
  discharge: { rows: [...Object.values(dischargeRows), ...rescues] },
  emergency: { rows: [...emergencyCards, emergencyKit] },
  comfort: { rows: comfortMeasures, plain: (row: (typeof comfortMeasures)[number]) => row.how },
  effects: { rows: [...effects.terms, effects.reporting], plain: (row: (typeof effects.terms)[number]) => row.label },
  medicine: { rows: [...Object.values(dosing).flat(), plausibleVitals] },
  courses: { rows: Object.values(protocols), plain: (row: { says: string }) => row.says },
  measures: { rows: [...Object.values(instruments), ...riskPaths, riskTold, followUpHours, baselineDays, followUpWindows, weekly, ...Object.values(together), ...Object.values(scales), ...Object.values(recoveryScores)], plain: (row: { says: string }) => row.says },
  outcomes: { rows: [...changes, relapseRow, warningRow, baselineRow, maintenanceRow, traumaRow, madrsRow, qidsRow, ...reliability] },
  proposals: { rows: [...Object.values({ ...titration, start: titration.adult }), ...Object.values(titration.start), ...plasma.models, ...plasma.availability, plasma.caveat, ...Object.values(reporting)].filter((row, place, all) => all.indexOf(row) === place) },
  conditions: { rows: conditions, plain: (row: { name: string }) => row.name },
}
const told = [
  ...Object.entries(areas).flatMap(([area, { rows, plain }]) => rows.map((row) => {
    const words = (patientWords[area as keyof typeof patientWords] as Readonly<Record<string, Words>>)[row.id]
    return { where: `${area} ${row.id}`, plainly: words?.plainly ?? (plain as ((row: Row) => string) | undefined)?.(row) ?? '', spanish: words?.spanish }
  })),
  ...Object.entries(library).flatMap(([part, rows]) => rows.map(({ id, plainly, spanish }) => ({ where: `library ${part} ${id}`, plainly, spanish }))),
]

describe.each(Object.entries(areas))('%s', (area, { rows }) => {
  test('every row has words for the person concerned, and no words are left of a row that is gone', () => {
    expect(Object.keys(patientWords[area as keyof typeof patientWords]).toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
  })
})

test('hundreds of rows speak', () => expect(told.length).toBeGreaterThan(450))

test('in whole, short, plain words that pass no verdict', () => {
  for (const { where, plainly } of told) {
    expect(plainly.length, where).toBeGreaterThan(3)
    expect(plainly.split(/\s+/).length, where).toBeLessThanOrEqual(32)
    expect(plainly, where).not.toMatch(/eligib|qualif|all clear|\bapproved for you\b|\bsafe for you\b|ICD|mmHg|\bmg\b|undefined/i)
  }
})

test('every Spanish draft is there, differs from the English, and says that nobody has reviewed it', () => {
  for (const { where, plainly, spanish } of told) {
    expect(spanish?.state, where).toBe('unreviewed')
    expect(spanish?.text.length, where).toBeGreaterThan(3)
    expect(spanish?.text, where).toMatch(/[.?]$/)
    expect(spanish?.text, where).not.toMatch(/\b(the|you|your|with|medicine|before|after)\b/i)
    expect(spanish?.text, where).not.toBe(plainly)
  }
})

describe('no screen and no route shows a draft', () => {
  const shows = (text: string) => /knowledge\/words(\.ts|\/)|\.spanish\b|\bspanish\s*[,}]|patientWords/.test(text)
  const read = (room: string) => readdirSync(`src/${room}`, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name)).map((name) => ({ name: `${room}/${name}`, text: readFileSync(`src/${room}/${name}`, 'utf8') }))
  test.each(["import { patientWords } from '../../knowledge/words.ts'", 'const says = row.spanish.text', 'const { id, spanish } = row'])('it would be seen: %s', (text) => expect(shows(text)).toBe(true))
  test('none does', () => expect(['core', 'server', 'web', 'cli'].flatMap(read).filter(({ text }) => shows(text)).map(({ name }) => name)).toEqual([]))
})
