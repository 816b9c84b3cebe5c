import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync('src/web/kit/tokens.css', 'utf8')

/** Colours of one light, as they stand in the file. */
function tokensOf(selector: string) {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]))
}

function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string) {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const pairs: readonly (readonly [ink: string, ground: string, least: number])[] = [
  ['ink', 'paper', 7], ['ink', 'card', 7], ['ink', 'sunk', 7],
  ['soft', 'paper', 4.5], ['soft', 'card', 4.5], ['soft', 'sunk', 4.5],
  ['primary', 'paper', 4.5], ['primary', 'card', 4.5], ['on-primary', 'primary', 4.5], ['on-primary', 'primary-deep', 4.5],
  ['link', 'paper', 4.5], ['link', 'card', 4.5], ['clay', 'paper', 4.5], ['clay', 'card', 4.5],
  ['edge', 'card', 3], ['edge', 'paper', 3],
  ['caution', 'caution-ground', 4.5], ['call', 'call-ground', 4.5], ['emergency', 'emergency-ground', 4.5],
  ['ink', 'caution-ground', 7], ['ink', 'call-ground', 7], ['ink', 'emergency-ground', 7],
  ['emergency', 'card', 4.5], ['call', 'paper', 4.5], ['on-emergency', 'emergency', 4.5],
]

describe.each([['light', ':root'], ['dim', `:root[data-light='dim']`]])('%s', (_, selector) => {
  const tokens = tokensOf(selector)
  test.each(pairs)('%s on %s is at least %d : 1', (ink, ground, least) => {
    expect(tokens[ink], `--${ink}`).toBeDefined()
    expect(tokens[ground], `--${ground}`).toBeDefined()
    expect(contrast(tokens[ink] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(least)
  })
})

test('both lights name the same colours', () => {
  expect(Object.keys(tokensOf(`:root[data-light='dim']`)).toSorted()).toEqual(Object.keys(tokensOf(':root')).toSorted())
})
