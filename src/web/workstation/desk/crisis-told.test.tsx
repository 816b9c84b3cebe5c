// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { CrisisTold } from './CrisisTold.tsx'

afterEach(cleanup)

const at = (hour: number) => `2026-11-21T${hour}:00:00.000Z`
const thea = (acknowledgedAt: string | null) => ({ name: 'Thea Sample', toldAt: at(17), acknowledgedAt })
const pia = (acknowledgedAt: string | null) => ({ name: 'Pia Sample', toldAt: at(17), acknowledgedAt })

describe('the desk sees whether somebody has taken it over', () => {
  const said = (crisis: Parameters<typeof CrisisTold>[0]['crisis']) => { cleanup(); render(<CrisisTold crisis={crisis} zone="America/Los_Angeles" />); return document.body.textContent ?? '' }
  test('nobody has: that is said first, with the names of those who were told and what to do', () => {
    const text = said([thea(null), pia(null)])
    expect(text).toMatch(/^No clinician has acknowledged this yet\./)
    expect(text).toContain('not acknowledged: Thea Sample, Pia Sample')
    expect(text).toContain('Do not wait for this page.')
    expect(screen.getByRole('status')).toBeTruthy()
  })
  test('somebody has: by name and time, and who has not', () => {
    const text = said([thea(at(18)), pia(null)])
    expect(text).toContain('Thea Sample acknowledged it at 10:00')
    expect(text).not.toContain('No clinician')
    expect(text).toContain('not acknowledged: Pia Sample')
  })
  test.each([['nothing was told', undefined], ['nobody', []]])('%s: nothing is shown', (_, crisis) => {
    expect(said(crisis)).toBe('')
  })
})
