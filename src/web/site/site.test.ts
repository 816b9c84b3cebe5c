// @vitest-environment happy-dom
import axe from 'axe-core'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { courseWeeks, therapyHours } from './course.ts'
import type { PracticeView } from './practice.ts'
import { readability } from './readability.ts'
import { renderSite } from './render.tsx'
import { fill, inHours, slotsOf } from './slots.ts'

const practice: PracticeView = {
  name: 'Alder House', place: '12 Fern Street\nBerkeley, CA', phone: '(510) 555-0142', email: 'hello@alderhouse.example', zone: 'America/Los_Angeles',
  hours: 'Monday to Friday, 9 to 5', services: [{ name: 'Individual therapy', says: 'Weekly, in person or online.' }],
}
const paths = ['/', '/check', '/inquiry', '/inquiry/sent', '/help', '/quizzes', '/quizzes/self-compassion', '/quizzes/workplace-schemas', '/nothing-here'] as const
const rows = Object.values(protocols)
const pages = rows.flatMap((protocol) => paths.map((path) => [`${path} (${protocol.id})`, renderSite({ path, practice, protocol }), path] as const))
const solo = protocols['solo-six']
const group = protocols['group-maintenance']
const unstyled = (html: string) => html.replace(/<link rel="stylesheet"[^>]*>/, '')
const parse = (html: string) => new DOMParser().parseFromString(unstyled(html), 'text/html')

describe.each(pages)('%s', (_, { status, html }, path) => {
  const document = parse(html)

  test('is a whole document that runs and loads nothing from elsewhere', () => {
    expect(status).toBe(path === '/nothing-here' ? 404 : 200)
    expect(html).toMatch(/^<!doctype html><html lang="en">/)
    expect(html).not.toMatch(/<script|<iframe|<img|javascript:|\son\w+=|\sstyle="|https?:\/\//)
    expect(document.title).toContain('Alder House')
    expect(document.querySelectorAll('h1')).toHaveLength(1)
  })

  test('leaves no place unfilled and never passes judgement', () => {
    const text = document.body.textContent ?? ''
    expect(text).not.toMatch(/\{\w+\}|undefined|NaN|\bnull\b/)
    expect(text.toLowerCase()).not.toMatch(/eligib|all clear|safe for you|deeper is better|you qualify/)
  })

  test('every percentage on it carries a footnote', () => {
    const bare = [...document.querySelectorAll('p, li, dd')].filter((element) => !element.querySelector('p, li, dd') && /\d%/.test(element.textContent ?? '') && !element.querySelector('sup.cites a'))
    expect(bare.map((element) => element.textContent)).toEqual([])
  })

  test('every footnote and every inner link leads somewhere', () => {
    const lost = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')?.slice(1) ?? '').filter((id) => !document.getElementById(id))
    expect(lost).toEqual([])
  })

  test('shuts nobody out (axe)', async () => {
    window.document.documentElement.innerHTML = unstyled(html).replace(/^<!doctype html><html lang="en">|<\/html>$/g, '')
    window.document.documentElement.lang = 'en'
    const result = await axe.run(window.document, { rules: { 'color-contrast': { enabled: false } } })
    expect(result.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([])
  })
})

describe('reading level (Flesch-Kincaid grade, by counted syllables)', () => {
  test.each(pages.filter(([, , path]) => path !== '/nothing-here'))('%s', (name, { html }) => {
    const document = parse(html)
    // Running text only: short labels and headings would make any page look easy.
    document.querySelectorAll('sup, nav, .sources, .visit, .lines__ways, label, .contents').forEach((element) => element.remove())
    const text = [...document.querySelectorAll('main p, main li, main dd, main legend')].filter((element) => !element.querySelector('p, li, dd')).map((element) => element.textContent?.trim()).map((said) => (/[.!?:]$/.test(said ?? '') ? said : `${said}.`)).join(' ')
    const { grade, words } = readability(text)
    process.stdout.write(`  reading level of ${name}: grade ${grade.toFixed(1)} (${words} words)\n`)
    expect(words).toBeGreaterThan(80)
    expect(grade).toBeLessThanOrEqual(9)
  })

  test.each([
    ['The cat sat. The dog ran.', -3, 1],
    ['Ketamine administration necessitates comprehensive cardiovascular evaluation preceding individualized titration procedures.', 20, 60],
  ])('the measure itself: %s', (text, least, most) => {
    expect(readability(text).grade).toBeGreaterThanOrEqual(least)
    expect(readability(text).grade).toBeLessThanOrEqual(most)
  })
})

describe('the course on the page is the protocol', () => {
  test('six medicine sessions with one therapist: seven weeks and 28 hours', () => {
    const weeks = courseWeeks(solo)
    expect(weeks.map((week) => week.visits.map((visit) => `${visit.type} ${visit.number}`).join(', '))).toEqual([
      'intake 1', 'preparation 1, medical-clearance 1', 'preparation 2', 'preparation 3',
      'medicine 1, integration 1, medicine 2, integration 2', 'medicine 3, integration 3, medicine 4, integration 4', 'medicine 5, integration 5, medicine 6, integration 6',
    ])
    expect(therapyHours(solo)).toBe(28)
  })

  test.each([
    ['one dose a week', { ...solo, spacing: { ...solo.spacing, maxDosesPerSevenDays: 1 } }, 10],
    ['four medicine sessions', { ...solo, phases: solo.phases.map((phase) => (phase.type === 'medicine' || phase.type === 'integration' ? { ...phase, count: 4 } : phase)) }, 6],
    ['preparation every second week', { ...solo, phases: solo.phases.map((phase) => (phase.type === 'preparation' ? { ...phase, gapDays: { min: 13, max: 15 }, afterDays: { min: 6, max: 8 } } : phase)) }, 9],
  ])('%s changes the line', (_, protocol, weeks) => {
    expect(courseWeeks(protocol)).toHaveLength(weeks)
  })

  test('the words follow the row', () => {
    expect(slotsOf(solo)).toMatchObject({ medicines: 'four to six', preparations: 'three visits', medicineLength: 'three hours', peopleInRoom: 'two', firstVisitWithin: 'a week', callLength: 'a first talk' })
    expect(slotsOf(group)).toMatchObject({ medicines: 'six', preparations: 'two visits', callLength: '15 to 30 minutes' })
  })

  test('the line has a dot for every dose', () => {
    const document = parse(renderSite({ path: '/', practice, protocol: solo }).html)
    expect(document.querySelectorAll('.glance__dose')).toHaveLength(6)
    expect(document.querySelectorAll('.weeks [data-type="medicine"]')).toHaveLength(6)
  })

  test('who may ask is the same flag on every page', () => {
    for (const path of ['/', '/inquiry']) {
      expect(renderSite({ path, practice, protocol: group }).html).toContain('only to people who are already in therapy with us')
      expect(renderSite({ path, practice, protocol: solo }).html).not.toContain('only to people who are already in therapy with us')
    }
  })
})

test.each([[45, '45 minutes'], [60, 'one hour'], [90, 'one and a half hours'], [150, 'two and a half hours'], [180, 'three hours'], [75, 'one hour 15 minutes']])('%d minutes are %s', (minutes, words) => {
  expect(inHours(minutes)).toBe(words)
})

test('a word that starts a sentence gets its capital, and a missing one shows', () => {
  expect(fill('{n} people stay. {n} go, {n} come, {m}.', { n: 'two' })).toBe('Two people stay. Two go, two come, {m}.')
})

test('the practice says its own night number, and honest times', () => {
  const page = (path: string, more: Partial<PracticeView>) => renderSite({ path, practice: { ...practice, ...more }, protocol: solo }).html
  expect(page('/help', { crisisLine: '(510) 555-0143' })).toContain('tel:5105550143')
  expect(page('/inquiry/sent', { answersWithin: 'within two working days' })).toContain('within two working days')
  expect(page('/inquiry/sent', {})).toContain('Monday to Friday, 9 to 5')
})
