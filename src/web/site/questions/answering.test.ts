// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { instruments } from '../../../knowledge/instruments.ts'
import { renderAnswer } from '../render.tsx'
import { keepAnswers } from './keep-answers.ts'
import { showSteps } from './show-steps.ts'

const ENTRY = '01900000-0000-7000-8000-000000000001'
const page = (more: object = {}) => renderAnswer({ page: 'questions', from: 'the practice', phone: '', hours: '', watched: 'Nobody at the practice is on call now until 9:00 AM.', givenName: 'Mara', instrument: instruments['phq-9'], count: 1, begun: [], entry: ENTRY, script: '/answering.js', ...more })
let posted: { url: string; body: string }[] = []
let answer: () => Response | Promise<Response> = () => new Response('{"told":false}')
const went = vi.fn()

function open(more: object = {}, view: 'one' | 'all' = 'one'): HTMLFormElement {
  localStorage.setItem('questions view', view)
  document.body.innerHTML = /<body[^>]*>(.*)<\/body>/s.exec(page(more).html)![1]!.replaceAll(/<script.*?<\/script>/g, '')
  const form = document.querySelector<HTMLFormElement>('form[data-asking]')!
  const steps = showSteps(form)
  keepAnswers(form, { openAt: steps.show, changed: steps.refresh, goOn: steps.goOn })
  return form
}
const item = (id: string) => document.querySelector<HTMLElement>(`[data-item="${id}"]`)!
const current = () => document.querySelector<HTMLElement>('[data-current]')?.dataset['item']
/** A press by hand or finger, as browsers tell it from a key. */
function press(id: string, value: string, detail = 1) {
  const input = item(id).querySelector<HTMLInputElement>(`input[value="${value}"]`)!
  input.checked = true
  input.dispatchEvent(new Event('input', { bubbles: true }))
  input.closest('label')!.querySelector('span')!.dispatchEvent(new MouseEvent('click', { bubbles: true, detail }))
}
const send = (name?: string) => document.querySelector('form')!.dispatchEvent(new SubmitEvent('submit', { cancelable: true, bubbles: true, submitter: document.querySelector<HTMLElement>(name ? `[name=${name}]` : '[data-send]') }))
const status = () => document.querySelector('[data-status]')!.textContent
const sent = () => posted.filter(({ url }) => !url.endsWith('/begun'))
const all = (value = '1') => { for (let number = 1; number <= 9; number += 1) press(`q${number}`, number === 9 ? '0' : value) }

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  posted = []
  answer = () => new Response('{"told":false}')
  went.mockReset()
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  vi.stubGlobal('fetch', async (url: string, { body }: { body: unknown }) => { const back = await answer(); posted.push({ url, body: String(body) }); return back })
  vi.stubGlobal('location', { pathname: '/answer/token', replace: went })
})
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals() })

describe('one question at a time', () => {
  test('a press goes on by itself: so many presses as there are questions, and one to send', async () => {
    open()
    for (let number = 1; number <= 9; number += 1) {
      expect(current()).toBe(`q${number}`)
      press(`q${number}`, number === 9 ? '0' : '1')
      await vi.advanceTimersByTimeAsync(300)
    }
    // The optional question is the last; it may be passed over.
    expect(current()).toBe('difficulty')
    expect(document.querySelector<HTMLElement>('[data-send]')!.hidden).toBe(false)
    send()
    await vi.advanceTimersByTimeAsync(50)
    expect(sent().length).toBe(1)
  })
  test('an arrow key chooses and does not go on, Enter does, and Back goes back', async () => {
    open()
    press('q1', '1', 0)
    await vi.advanceTimersByTimeAsync(300)
    expect(current()).toBe('q1')
    item('q1').querySelector('input')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    expect(current()).toBe('q2')
    document.querySelector<HTMLElement>('[data-back]')!.click()
    expect(current()).toBe('q1')
  })
  test('all on one page where somebody likes it so, and it is remembered', () => {
    open()
    document.querySelector<HTMLElement>('[data-view]')!.click()
    expect([document.querySelector('form')!.classList.contains('asking--one'), localStorage.getItem('questions view')]).toEqual([false, 'all'])
  })
})

describe('kept', () => {
  test('here at once and there soon after, and it is there again when the page is opened again', async () => {
    open()
    press('q1', '2')
    expect(JSON.parse(localStorage.getItem('questions /answer/token phq-9')!)).toEqual({ entry: ENTRY, given: { q1: '2' } })
    expect(posted).toEqual([])
    await vi.advanceTimersByTimeAsync(500)
    expect(posted).toEqual([{ url: '/answer/token/begun', body: '{"instrument":"phq-9","q1":"2"}' }])
    open({ entry: 'another' })
    expect([item('q1').querySelector<HTMLInputElement>('input:checked')?.value, document.querySelector<HTMLInputElement>('[name=entry]')!.value]).toEqual(['2', ENTRY])
  })
  test('without a connection it says so, keeps it, and goes on by itself; the same entry goes out however often', async () => {
    open({}, 'all')
    answer = () => Promise.reject(new TypeError('no network'))
    all()
    send()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(status()).toMatch(/There is no connection\. Your answers are kept on this device/)
    expect(went).not.toHaveBeenCalled()
    answer = () => Object.defineProperty(new Response(''), 'url', { value: 'https://here/answer/token' })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(went).toHaveBeenCalledExactlyOnceWith('https://here/answer/token')
    expect(new URLSearchParams(sent().at(-1)!.body).get('entry')).toBe(ENTRY)
    expect(localStorage.getItem('questions /answer/token phq-9')).toBeNull()
  })
  test('closed while it waited: it is sent when the page is opened again, with the hour of the press', async () => {
    open({}, 'all')
    answer = () => Promise.reject(new TypeError('no network'))
    all()
    const at = new Date().toISOString()
    send()
    await vi.advanceTimersByTimeAsync(100)
    document.body.innerHTML = ''
    vi.setSystemTime(Date.parse(at) + 3_600_000)
    answer = () => Object.defineProperty(new Response(''), 'url', { value: 'https://here/answer/token' })
    open({ entry: 'another' }, 'all')
    await vi.advanceTimersByTimeAsync(100)
    const body = new URLSearchParams(sent().at(-1)!.body)
    expect([body.get('answeredAt'), body.get('entry'), body.get('q1')]).toEqual([at, ENTRY, '1'])
  })
  test('a link that has ended loses nothing, and says what to do', async () => {
    open({}, 'all')
    all()
    answer = () => new Response('', { status: 404 })
    send()
    await vi.advanceTimersByTimeAsync(100)
    expect(status()).toMatch(/does not work any more.*They are still on this device/)
    expect(JSON.parse(localStorage.getItem('questions /answer/token phq-9')!).given.q1).toBe('1')
  })
})

test('a gap is said before anything goes out, and may be sent as one', async () => {
  open({}, 'all')
  press('q1', '1')
  send()
  await vi.advanceTimersByTimeAsync(100)
  expect([sent().length, document.querySelector<HTMLElement>('[data-open]')!.hidden]).toEqual([0, false])
  send('gaps')
  await vi.advanceTimersByTimeAsync(100)
  expect(new URLSearchParams(sent()[0]!.body).get('gaps')).toBe('yes')
})

test('a question answered before on another device is no gap', async () => {
  open({ begun: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'] }, 'all')
  press('q9', '0')
  send()
  await vi.advanceTimersByTimeAsync(100)
  expect(sent().length).toBe(1)
})

describe('thoughts of death or self-harm', () => {
  test('go out at once, not after a pause, and the page does not go on', async () => {
    open()
    for (let step = 1; step < 9; step += 1) document.querySelector<HTMLElement>('[data-next]')!.click()
    press('q9', '1')
    await vi.advanceTimersByTimeAsync(1)
    expect(posted[0]?.body).toContain('"q9":"1"')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(current()).toBe('q9')
  })
  test('without a connection it says that nobody knows of it yet, and tells them as soon as there is one', async () => {
    open()
    answer = () => Promise.reject(new TypeError('no network'))
    press('q9', '1')
    await vi.advanceTimersByTimeAsync(10)
    expect(item('q9').querySelector<HTMLElement>('[data-unsent]')!.hidden).toBe(false)
    answer = () => new Response('{"told":true}')
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(10)
    expect([posted.filter(({ url }) => url.endsWith('/begun')).length, item('q9').querySelector<HTMLElement>('[data-unsent]')!.hidden]).toEqual([1, true])
  })
})

test('as plain HTML: every question, help that a choice alone brings up, no sum and no band', () => {
  const { html } = page({ form: { values: { q1: '2' }, problems: {} } })
  expect(html.match(/<fieldset/g)?.length).toBe(10)
  expect(html.match(/data-marked/g)?.length).toBe(3)
  expect(html).not.toMatch(/ketamine|moderate|severe|score/i)
})

describe('on the practice’s tablet', () => {
  const tablet = { coverMin: 5, place: 'a-name-that-says-nothing' }
  const PLACE = 'questions a-name-that-says-nothing phq-9'
  const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000)

  test('nothing of it stays there once it has arrived; what has not arrived is found when it is handed over again', async () => {
    open({ tablet }, 'all')
    press('q1', '2')
    expect(localStorage.getItem(PLACE)).toContain('"q1":"2"')
    await vi.advanceTimersByTimeAsync(500)
    expect(localStorage.getItem(PLACE)).toBeNull()
    answer = () => Promise.reject(new TypeError('no network'))
    press('q2', '1')
    await vi.advanceTimersByTimeAsync(500)
    vi.stubGlobal('location', { pathname: '/answer/another-token', replace: went })
    open({ tablet, begun: ['q1'], entry: 'another' }, 'all')
    expect([item('q2').querySelector<HTMLInputElement>('input:checked')?.value, current()]).toEqual(['1', 'q3'])
  })
  test('one question at a time for everybody, whatever the one before liked', () => {
    open({ tablet }, 'all')
    expect(document.querySelector('form')!.classList.contains('asking--one')).toBe(true)
    document.querySelector<HTMLElement>('[data-view]')!.click()
    expect([document.querySelector('form')!.classList.contains('asking--one'), localStorage.getItem('questions view')]).toEqual([false, 'all'])
    open({ tablet }, 'one')
    document.querySelector<HTMLElement>('[data-view]')!.click()
    expect(localStorage.getItem('questions view')).toBe('one')
  })
  test('left alone it shows nothing and says so to the server; a touch keeps it open', async () => {
    open({ tablet })
    press('q1', '2')
    await minutes(4)
    dispatchEvent(new Event('pointerdown'))
    await minutes(4)
    expect(document.querySelector('form')).not.toBeNull()
    await minutes(2)
    expect([document.querySelector('form'), document.body.textContent.includes('Give the tablet back'), /Mara|interest or pleasure/.test(document.body.textContent)]).toEqual([null, true, false])
    expect(new URLSearchParams(sent().at(-1)!.body).get('back')).toBe('yes')
  })
  test('put down without a connection it shows nothing either, keeps what was answered, and brings it once there is one', async () => {
    open({ tablet })
    answer = () => Promise.reject(new TypeError('no network'))
    press('q1', '2')
    send('back')
    await vi.advanceTimersByTimeAsync(500)
    expect([document.querySelector('form'), went.mock.calls.length, localStorage.getItem(PLACE) !== null]).toEqual([null, 0, true])
    answer = () => new Response('{"told":false}')
    dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(500)
    expect([posted.at(-1)?.url, localStorage.getItem(PLACE)]).toEqual(['/answer/token/begun', null])
  })
  test('whoever is in the house comes first, and no number is a link', () => {
    const { html } = page({ tablet })
    expect([html.includes('Somebody is here with you: tell them'), html.includes('tel:'), html.includes('sms:'), html.includes('href="/my')]).toEqual([true, false, false, false])
  })
})
