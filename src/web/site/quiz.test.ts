// @vitest-environment happy-dom
import axe from 'axe-core'
import { describe, expect, test } from 'vitest'
import { withCopy } from '../../core/measures/own-copy.ts'
import type { Instrument } from '../../core/measures/instrument.ts'
import { instruments } from '../../knowledge/instruments.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { quizzes } from '../../knowledge/pages.ts'
import { renderSite } from './render.tsx'

/** Six short looks: nothing is sent, nothing is named a disorder, and words that belong to somebody else stay with them. */
const practice = { name: 'Alder House', place: '12 Fern Street', phone: '(510) 555-0142', email: 'hello@alderhouse.example', zone: 'America/Los_Angeles', hours: 'Monday to Friday, 9 to 5', services: [] }
const open = (id: string, quizForm?: Instrument) => {
  const { status, html } = renderSite({ path: `/quizzes/${id}`, practice, protocol: protocols['solo-six'], ...(quizForm ? { quizForm } : {}) })
  return { status, html, document: new DOMParser().parseFromString(html.replace(/<link rel="stylesheet"[^>]*>/, ''), 'text/html') }
}
const form = instruments['pc-ptsd-5'] as Instrument

describe.each(quizzes.map(({ id }) => [id] as const))('%s', (id) => {
  test.each([['without a form', undefined], ['with one', form]] as const)('%s it helps, names nobody’s disorder, sends nothing and leads to people', async (_, given) => {
    const { status, html, document } = open(id, given)
    expect(status).toBe(200)
    expect(document.querySelectorAll('form[action], form[method], script')).toHaveLength(0)
    expect(document.querySelector('main')!.textContent).not.toMatch(/you have (ptsd|depression|anxiety|a disorder)|diagnos|positive|cut-off|eligib/i)
    for (const words of ['What can help', 'Where to turn', '988', 'Write to us']) expect(html).toContain(words)
    window.document.documentElement.innerHTML = document.documentElement.innerHTML
    window.document.documentElement.lang = 'en'
    expect((await axe.run(window.document, { rules: { 'color-contrast': { enabled: false } } })).violations.map(({ id: rule }) => rule)).toEqual([])
  })
})

test('words that did not ship are not on the page, and a practice’s own copy is', () => {
  const ips = instruments['ips'] as Instrument
  expect(open('procrastination').document.querySelectorAll('fieldset')).toHaveLength(0)
  expect(open('procrastination').html).toContain('Its words belong to somebody else')
  const copy = withCopy(ips, { instrument: 'ips', version: ips.version, language: 'en', stem: '', items: ips.items.map(({ id, answer }) => ({ id, text: `Own words of ${id}`, ...(answer.kind === 'choice' ? { options: answer.options.map(({ value }) => ({ value, text: `step ${value}` })) } : {}) })) })
  const own = copy.ok ? copy.value : { ...ips, items: ips.items.map((item) => ({ ...item, text: `Own words of ${item.id}` })) }
  const { document } = open('procrastination', own)
  expect(document.querySelectorAll('fieldset')).toHaveLength(9)
  const worth = (place: number) => [...document.querySelectorAll('fieldset')[place]!.querySelectorAll('input')].map((input) => input.getAttribute('data-points'))
  expect([worth(0), worth(1)], 'the second counts from the other end').toEqual([['1', '2', '3', '4', '5'], ['5', '4', '3', '2', '1']])
})

test('the five signs after the first question, which has no points', () => {
  const { document } = open('complex-trauma', form)
  const points = [...document.querySelectorAll('fieldset')].map((one) => [...one.querySelectorAll('input')].map((input) => input.getAttribute('data-points')))
  expect(points).toEqual([[null, null], ...Array.from({ length: 5 }, () => ['1', '0'])])
  expect(document.querySelector('.quiz__end h2')!.textContent).toContain('from 0 to 5')
})
