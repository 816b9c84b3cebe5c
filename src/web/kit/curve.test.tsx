// @vitest-environment happy-dom
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { Curve, type CurveProps } from './index.ts'
import { apart, layouts } from './plain/Curve.tsx'

afterEach(cleanup)
const REM_PX = 16
const css = readFileSync('src/web/kit/style/figures.css', 'utf8')
const textPx = Number(/\.k-curve text \{[^}]*font-size: (\d+)px/.exec(css)?.[1])
/** Where each drawing is shown, as the style sheet says it. */
const [toMiddle, toWide] = [...css.matchAll(/@container \(min-width: (\d+)rem\)/g)].map(([, rem]) => Number(rem) * REM_PX)
/** The least room a figure has: a phone of 360 pixels, less the edges of page and card. */
const LEAST_PX = 260
const shownFrom = { narrow: LEAST_PX, middle: toMiddle!, wide: toWide! }

const figure: CurveProps = {
  title: 'PHQ-9', series: [{ name: 'Mara', points: [{ x: 0, y: 19, label: 'start' }, { x: 90, y: 11, label: 'day 90' }] }], y: { min: 0, max: 27, ticks: [0, 10, 20] },
  x: { min: -14, max: 90, ticks: Array.from({ length: 8 }, (_, place) => ({ at: (place - 1) * 14, label: place === 1 ? 'first dose' : `+${place * 2} wk` })) },
  bands: [{ from: 0, to: 5, label: 'minimal' }, { from: 20, to: 27, label: 'severe' }], marks: [{ at: 0, label: '1' }, { at: 3, label: '2' }, { at: 6, label: '3' }],
}

describe('words in a figure', () => {
  test.each(layouts)('are twelve pixels high or more wherever the $name drawing is shown', ({ name, width }) => {
    expect(shownFrom[name]).toBeGreaterThan(0)
    expect((shownFrom[name] / width) * textPx).toBeGreaterThanOrEqual(12)
  })
  test('each breadth has exactly one drawing, and none asks for more room than there is', () => {
    const { container } = render(<Curve {...figure} />)
    for (const { name, width } of layouts) expect(container.querySelector(`svg.k-curve__drawing--${name}`)?.getAttribute('viewBox')).toBe(`0 0 ${width} 280`)
    expect(css.split('\n').filter((line) => line.startsWith('.k-curve')).join('\n')).not.toMatch(/min-width: [1-9]/)
    expect(readFileSync('src/web/workstation/chart/chart.css', 'utf8')).not.toContain('.c-figure')
  })
  test.each(layouts)('do not run into each other or out of the $name drawing', ({ name, width }) => {
    const { container } = render(<Curve {...figure} />)
    const ticks = [...container.querySelectorAll(`.k-curve__drawing--${name} text[text-anchor="middle"]`)].map((one) => ({ at: Number(one.getAttribute('x')), half: (one.textContent!.length * textPx * 0.55) / 2 }))
    expect(ticks.length).toBeGreaterThanOrEqual(2)
    for (const [place, { at, half }] of ticks.entries()) {
      expect(at - half).toBeGreaterThanOrEqual(0)
      expect(at + half).toBeLessThanOrEqual(width)
      const before = ticks[place - 1]
      if (before) expect(at - half).toBeGreaterThan(before.at + before.half)
    }
  })
  test('at the beginning, which is what the others are counted from, come first', () => {
    const { container } = render(<Curve {...figure} />)
    for (const { name } of layouts) expect(container.querySelector(`.k-curve__drawing--${name}`)?.textContent).toContain('first dose')
  })
  test('of the bands stand under the narrow drawing, where there is no room beside it', () => {
    const { container } = render(<Curve {...figure} />)
    expect(container.querySelector('.k-curve__bands')?.textContent).toBe('minimal from 0, severe from 20.')
    expect(container.querySelector('.k-curve__drawing--narrow')?.textContent).not.toContain('minimal')
    expect(container.querySelector('.k-curve__drawing--wide')?.textContent).toContain('minimal')
  })
})

test('what is kept never touches, and what is left out would have', () => {
  fc.assert(fc.property(fc.array(fc.record({ from: fc.integer({ min: -20, max: 300 }), length: fc.integer({ min: 1, max: 80 }) })), (rows) => {
    const words = rows.map(({ from, length }) => ({ from, to: from + length }))
    const kept = apart(words, 260)
    for (const [place, word] of kept.entries()) if (place > 0) expect(word.from).toBeGreaterThan(kept[place - 1]!.to)
    for (const word of words.filter(({ from, to }) => from >= 0 && to <= 260)) expect(kept.some((one) => one === word || (one.from < word.to + 7 && word.from < one.to + 7))).toBe(true)
  }))
})
