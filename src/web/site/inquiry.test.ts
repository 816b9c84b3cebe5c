import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { readInquiry } from './inquiry.ts'
import type { FormValues, PracticeView } from './practice.ts'
import { renderSite } from './render.tsx'

const whole = { step: 'send', name: 'Mara', phone: '510 555 0199', email: '', message: 'I would like to talk.' }
const carried = { 'check.age': 'adult', 'check.heart': 'treated' }
const practice: PracticeView = { name: 'Alder House', place: '12 Fern Street', phone: '(510) 555-0142', email: 'a@alderhouse.example', zone: 'America/Los_Angeles', hours: 'weekdays', services: [] }
const page = (values: FormValues, problems: Record<string, string> = {}) => renderSite({ path: '/inquiry', practice, protocol: protocols['solo-six'], form: { values, problems } })

describe('what is asked for', () => {
  test.each([
    ['no name', { ...whole, name: ' ' }, ['name']],
    ['no way to answer', { ...whole, phone: '' }, ['phone']],
    ['half an address', { ...whole, email: 'mara@' }, ['email']],
    ['a phone number of six digits', { ...whole, phone: '555014' }, ['phone']],
    ['a message of 4,001 characters', { ...whole, message: 'x'.repeat(4001) }, ['message']],
  ])('%s is said, field by field', (_, values, fields) => {
    const read = readInquiry(values)
    expect(read.ok ? [] : 'problems' in read ? Object.keys(read.problems) : read.refusal).toEqual(fields)
  })

  test.each([
    ['phone alone', whole], ['email alone', { ...whole, phone: '', email: 'mara@example.org' }], ['a phone number of seven digits', { ...whole, phone: '5550142' }], ['a message of 4,000 characters', { ...whole, message: 'x'.repeat(4000) }],
  ])('%s is enough', (_, values) => {
    expect(readInquiry(values).ok).toBe(true)
  })

  test('everything given arrives, and what is on no list is dropped', () => {
    const read = readInquiry({ ...whole, conditions: ['ptsd', 'lizard'], modality: 'online', days: ['1', '3', '9'], partOfDay: 'evening', language: 'es', therapistWish: ' someone older ', currentClient: 'yes', sitsIn: 'OR' })
    expect(readInquiry({ ...whole, sitsIn: 'Oregon' })).toMatchObject({ inquiry: { preferences: { sitsIn: '' } } })
    expect(read).toEqual({ ok: true, inquiry: { name: 'Mara', email: null, phone: '510 555 0199', message: 'I would like to talk.', preferences: { conditions: ['ptsd'], modality: 'online', days: [1, 3], partOfDay: ['evening'], language: 'es', therapistWish: 'someone older', currentClient: true, sitsIn: 'OR' }, precheck: null } })
  })
})

describe('answers of the private check', () => {
  test.each([
    ['ticked', { ...whole, ...carried, sendAnswers: 'yes' }, { age: 'adult', heart: 'treated' }],
    ['not ticked', { ...whole, ...carried }, null],
    ['ticked, and none given', { ...whole, sendAnswers: 'yes' }, null],
    ['one unknown to the check', { ...whole, 'check.age': 'adult', 'check.shoe': '41', 'check.heart': 'broken', sendAnswers: 'yes' }, { age: 'adult' }],
  ])('%s', (_, values, precheck) => {
    const read = readInquiry(values)
    expect(read.ok && read.inquiry.precheck).toEqual(precheck)
  })

  test('coming from the check sends nothing: there is nothing to store yet', () => {
    expect(readInquiry({ step: 'carry', ...carried, name: 'Mara', phone: '5105550199' })).toEqual({ ok: false, refusal: 'carried-only' })
  })

  test('they are shown once more, with a tick to leave them out', () => {
    const { status, html } = page({ step: 'carry', ...carried })
    expect(status).toBe(200)
    expect(html).toContain('High blood pressure, and it is treated')
    expect(html).toMatch(/name="sendAnswers"[^>]*checked/)
  })

  test('a tick that was taken away stays away when the form comes back', () => {
    expect(page({ ...whole, ...carried, step: 'send' }, { name: 'x' }).html).not.toMatch(/name="sendAnswers"[^>]*checked/)
  })

  test('no answer ever stands in an address', () => {
    const { html } = renderSite({ path: '/check', practice, protocol: protocols['solo-six'] })
    expect(html).toContain('method="post"')
    expect(html).not.toMatch(/method="get"/i)
  })
})

test('a form that comes back keeps every word and says what to put right', () => {
  const { status, html } = page({ ...whole, name: '', message: 'It is <b>hard</b>.', conditions: ['ptsd'], days: '2' }, { name: 'Please write a name.' })
  expect(status).toBe(422)
  expect(html).toContain('It is &lt;b&gt;hard&lt;/b&gt;.')
  expect(html).toContain('href="#name"')
  expect(html).toMatch(/aria-invalid="true"/)
  expect(html).toMatch(/value="ptsd"[^>]*checked|checked[^>]*value="ptsd"/)
})

test('a field that people do not see catches machines', () => {
  expect(readInquiry({ ...whole, website: 'http://spam.example' })).toEqual({ ok: false, refusal: 'trap' })
})

test('whatever is sent is read or refused, and is never markup', () => {
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('step', 'name', 'phone', 'email', 'message', 'conditions', 'days', 'check.age', 'sendAnswers', 'language'), fc.oneof(fc.string(), fc.array(fc.string()), fc.constant('<script>alert(1)</script>'))), (values) => {
    const read = readInquiry(values)
    const problems = !read.ok && 'problems' in read ? read.problems : {}
    expect(page(values, problems).html).not.toContain('<script')
  }), { numRuns: 60 })
})
