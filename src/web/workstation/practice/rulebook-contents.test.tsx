// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { protocols } from '../../../knowledge/protocols.ts'
import { book } from './book/book.ts'
import RulebookContents from './RulebookContents.tsx'

afterEach(cleanup)

const shown = (chapter: string) => {
  window.location.hash = `#${chapter}`
  const { container } = render(<RulebookContents protocols={protocols} />)
  return new Map([...container.querySelectorAll('.p-rule')].map((rule) => [rule.id.replace(/^rule-/, ''), rule.textContent ?? '']))
}

describe.each(book.map((chapter) => [chapter.id, chapter] as const))('the chapter %s', (id, chapter) => {
  const rules = chapter.groups.flatMap((group) => group.rules)

  it('shows every rule, and says of each that nobody has verified it where nobody has', () => {
    const page = shown(id)
    expect(page.size).toBe(rules.length)
    for (const { id: rule, verified, tag } of rules) {
      if (!verified) expect(page.get(rule), rule).toMatch(/not verified/)
      if (tag === 'M') expect([rule, verified, page.get(rule)?.includes('from memory, not checked')]).toEqual([rule, false, true])
    }
  })
})

it('there are recalled rules to look at in more than half of the chapters', () => {
  expect(book.filter(({ groups }) => groups.some((group) => group.rules.some(({ tag }) => tag === 'M'))).length).toBeGreaterThan(book.length / 2)
})
