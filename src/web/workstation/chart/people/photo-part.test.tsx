// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Chart } from '../../../../core/chart/chart.ts'
import { open, stored } from '../testing/open.tsx'
import { PhotoPart } from './PhotoPart.tsx'

// The bytes lie on a device, and none is open here.
vi.mock('../../files/Face.tsx', () => ({ Face: () => null, useFace: (_: string, chart: Chart) => ({ now: { state: 'there', photo: chart.latest('photo-taken.v1') }, file: { state: 'there' } }) }))
afterEach(cleanup)

// It is ten in the morning of November 21 in Los Angeles.
test.each([['2026-11-21T05:00:00.000Z', 'Taken on November 20, 2026'], ['2026-11-21T17:00:00.000Z', 'Taken today']])('the day of a photo taken at %s is that of the practice’s wall', (at, words) => {
  open(<PhotoPart />, { entries: [stored('photo-taken.v1', { file: { sha256: 'a'.repeat(64), bytes: 900, type: 'image/jpeg' }, agreed: 'aloud' }, { at })] })
  expect(screen.getByText(/^Taken/).textContent).toContain(words)
})
