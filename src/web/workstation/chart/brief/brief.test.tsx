// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { Entry } from '../../../../core/chart/entry.ts'
import { OutcomeCard } from '../outcome/OutcomeCard.tsx'
import { JONAS, open, ready, stored } from '../testing/open.tsx'
import { BriefRoom } from './BriefRoom.tsx'

afterEach(cleanup)

const [SESSION, ONE, OTHER] = ['0190aaaa-0000-7000-8000-00000000e001', '0190aaaa-0000-7000-8000-00000000e002', '0190aaaa-0000-7000-8000-00000000e003']
const started = stored('session-started.v1', { protocol: 'solo-six', route: 'IM', order: ONE, clearance: ONE, consents: [ONE], edition: 'test', number: 1, gates: [], people: [{ person: JONAS, name: 'Jonas', role: 'therapist' }] }, { id: SESSION })
const dose = (id: string, doseUg: number) => stored('dose-given.v1', { step: 1, doseUg, route: 'IM', order: ONE, prepared: ONE, confirmed: ONE, confirmedBy: JONAS, site: '', selfAdministered: false }, { id, session: SESSION })
const twice = [started, dose(ONE, 40_000), dose(OTHER, 50_000)]
const settled = stored('dose-conflict-resolved.v1', { step: 1, stands: OTHER, reason: 'one syringe, two tablets' }, { session: SESSION, at: '2026-11-20T19:00:00.000Z' })

describe('a dose that two devices recorded', () => {
  const said = (room: React.ReactNode, entries: readonly Entry[]) => { open(room, { entries: [...ready(), ...entries] }); return document.body.textContent ?? '' }
  test.each([['the titration brief', () => <BriefRoom />], ['the outcome', () => <OutcomeCard />]])('%s names no amount until somebody says which record stands', (_, room) => {
    const open = said(room(), twice)
    expect(open).toContain('recorded twice')
    for (const wrong of ['90 mg', '45 mg', '40 mg', '50 mg', 'NaN']) expect(open).not.toContain(wrong)
    const resolved = said(room(), [...twice, settled])
    expect(resolved).toContain('50 mg')
    expect(resolved).not.toContain('recorded twice')
  })
  test('its line stands in the brief all the same', () => {
    said(<BriefRoom />, twice)
    expect(screen.getByRole('link', { name: /^1, / })).toBeTruthy()
  })
})
