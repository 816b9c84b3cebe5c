import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withLinks } from './links.ts'

it.each([
  ['no address', 'Hello.', [{ text: 'Hello.' }]],
  ['an address on its own line', 'Press this:\nhttp://127.0.0.1:4747/my/link?token=ab-1_2\n', [{ text: 'Press this:\n' }, { text: 'http://127.0.0.1:4747/my/link?token=ab-1_2', href: 'http://127.0.0.1:4747/my/link?token=ab-1_2' }, { text: '\n' }]],
  ['the full stop belongs to the sentence', 'Go to https://kap.example.org/my.', [{ text: 'Go to ' }, { text: 'https://kap.example.org/my', href: 'https://kap.example.org/my' }, { text: '.' }]],
  ['a script that looks like an address is none', 'javascript://%0aalert(1)', [{ text: 'javascript://%0aalert(1)' }]],
  ['a script is no address', 'javascript:alert(1)', [{ text: 'javascript:alert(1)' }]],
])('%s', (_, text, parts) => expect(withLinks(text)).toEqual(parts))

it('loses no letter, and links nothing but web addresses', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('https://a.example/b.', 'javascript://x', 'http://c.example'))
  fc.assert(fc.property(fc.array(word), (words) => {
    const text = words.join(' ')
    const parts = withLinks(text)
    expect(parts.map((part) => part.text).join('')).toBe(text)
    for (const { href } of parts) if (href !== undefined) expect(href).toMatch(/^https?:\/\//)
  }))
})
