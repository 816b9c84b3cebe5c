// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Combo, Dialog, Slider, Tabs } from './aria.ts'
import { Button, CheckboxGroup, Clock, CodeField, Curve, DataPairs, hoursAndMinutes, HoldButton, NumberField, RadioTiles, Scale, Select, Sheet, SignaturePad, Thread, useLight, type Signed } from './index.ts'

afterEach(cleanup)

describe('a button that is on its way', () => {
  test('keeps the focus and takes no second press', () => {
    const pressed = vi.fn()
    render(<Button pending onClick={pressed}>Save</Button>)
    fireEvent.click(screen.getByRole('button'))
    expect(pressed).not.toHaveBeenCalled()
    expect(screen.getByRole('button').hasAttribute('disabled')).toBe(false)
    expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true')
  })
})

describe('a button that wants to be held', () => {
  const held = vi.fn()
  const press = { width: 23, height: 23, pressure: 0.5, pointerType: 'touch' }
  beforeEach(() => { vi.useFakeTimers(); held.mockClear(); render(<HoldButton onHeld={held}>Emergency</HoldButton>) })
  afterEach(() => vi.useRealTimers())
  const button = () => screen.getByRole('button')
  const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))

  test.each([[499, 0], [500, 1], [900, 1]])('held for %d ms acts %d times', (ms, times) => {
    fireEvent.pointerDown(button(), press)
    void pass(ms)
    fireEvent.pointerUp(button(), press)
    fireEvent.click(button(), { detail: 1 })
    expect(held).toHaveBeenCalledTimes(times)
  })

  test('a sleeve that slides off does nothing', () => {
    fireEvent.pointerDown(button(), press)
    void pass(300)
    fireEvent.pointerLeave(button())
    void pass(2_000)
    expect(held).not.toHaveBeenCalled()
  })

  test('by key the first press arms and the second acts', () => {
    fireEvent.keyDown(button(), { key: 'Enter' })
    fireEvent.click(button(), { detail: 0 })
    expect(held).not.toHaveBeenCalled()
    expect(screen.getByRole('status').textContent).toContain('Press again')
    fireEvent.click(button(), { detail: 0 })
    expect(held).toHaveBeenCalledTimes(1)
  })

  test('by key it disarms after five seconds', () => {
    fireEvent.click(button(), { detail: 0 })
    void pass(5_001)
    fireEvent.click(button(), { detail: 0 })
    expect(held).not.toHaveBeenCalled()
  })
})

describe('a number with its unit', () => {
  const Held = (props: { readonly seen: (value: number | null) => void }) => {
    const [value, setValue] = useState<number | null>(null)
    return <form><NumberField label="Systolic" unit="mmHg" min={40} max={300} value={value} onChange={(next) => { setValue(next); props.seen(next) }} /></form>
  }
  test.each([['128', 128], ['900', null], ['12o', null], ['', null]])('%j arrives as %j', (text, value) => {
    const seen = vi.fn()
    render(<Held seen={seen} />)
    const input = screen.getByLabelText('Systolic (mmHg)') as HTMLInputElement
    fireEvent.change(input, { target: { value: '1' } })
    fireEvent.change(input, { target: { value: text } })
    expect(seen).toHaveBeenLastCalledWith(value)
    expect(input.value).toBe(text)
    expect(input.form?.checkValidity()).toBe(value !== null)
  })
  test('what is wrong is said on leaving, and tied to the field', () => {
    render(<Held seen={() => undefined} />)
    const input = screen.getByLabelText('Systolic (mmHg)')
    fireEvent.change(input, { target: { value: '900' } })
    fireEvent.blur(input)
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toContain('900 is above 300')
  })
  test('a unit is chosen, and the number stays as typed', () => {
    const chosen = vi.fn()
    render(<NumberField label="Weight" unit="kg" units={['kg', 'lb']} value={70} onChange={() => undefined} onUnitChange={chosen} />)
    fireEvent.click(screen.getByLabelText('lb'))
    expect(chosen).toHaveBeenCalledWith('lb')
  })
})

describe('silence is not an answer', () => {
  const none = () => undefined
  const choices = [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }]
  test('no tile, key or list entry is chosen beforehand', () => {
    render(<><RadioTiles label="R" choices={choices} value={null} onChange={none} /><CheckboxGroup label="C" choices={choices} value={[]} onChange={none} /><Scale label="S" ends={['least', 'most']} value={null} onChange={none} /><Select label="L" choices={choices} value={null} onChange={none} /></>)
    expect([...screen.getAllByRole('radio'), ...screen.getAllByRole('checkbox')].filter((one) => (one as HTMLInputElement).checked)).toEqual([])
    expect((screen.getByRole('combobox') as HTMLSelectElement).value).toBe('')
  })
  test('an untouched slider says so', () => {
    render(<Slider label="Distress" ends={['none', 'worst']} value={null} onChange={none} />)
    expect(screen.getByText('not answered')).toBeTruthy()
  })
  test('a missing value is said to be missing', () => {
    render(<DataPairs pairs={[['Escort', null], ['Weight', 0]]} />)
    expect(screen.getByText('not recorded')).toBeTruthy()
    expect(screen.getByText('0')).toBeTruthy()
  })
  test('ticking adds and removes, in the order of the list', () => {
    const seen = vi.fn()
    render(<CheckboxGroup label="C" choices={choices} value={['b']} onChange={seen} />)
    fireEvent.click(screen.getByLabelText('A'))
    expect(seen).toHaveBeenLastCalledWith(['a', 'b'])
    fireEvent.click(screen.getByLabelText('B'))
    expect(seen).toHaveBeenLastCalledWith([])
  })
})

describe('sheets and dialogs', () => {
  const Room = () => {
    const [open, setOpen] = useState(false)
    return <><button type="button" onClick={() => setOpen(true)}>vitals</button><button type="button">EMERGENCY</button><Sheet open={open} title="Vitals" onClose={() => setOpen(false)}><p>Numbers</p></Sheet></>
  }
  test('a sheet moves nothing, hides nothing, and gives the focus back', () => {
    render(<Room />)
    const before = document.documentElement.outerHTML.split('<body')[0] + (document.body.getAttribute('style') ?? '')
    screen.getByText('vitals').focus()
    fireEvent.click(screen.getByText('vitals'))
    expect(document.activeElement?.textContent).toBe('Vitals')
    expect(document.documentElement.outerHTML.split('<body')[0] + (document.body.getAttribute('style') ?? '')).toBe(before)
    expect(screen.getByRole('button', { name: 'EMERGENCY' })).toBeTruthy()
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' })
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement?.textContent).toBe('vitals')
  })
  test.each<[string, (done: boolean) => ReactNode]>([
    ['goes away', (done) => (done ? <p>Asked.</p> : <button type="button">Ask</button>)], ['is switched off', (done) => <button type="button" disabled={done}>Ask</button>],
  ])('the focus stays in a sheet where what was pressed %s, and Escape still closes it', (_, inside) => {
    const closed = vi.fn()
    const sheet = (done: boolean) => <><button type="button">vitals</button><Sheet open title="Questions" onClose={closed}>{inside(done)}</Sheet></>
    const { rerender } = render(sheet(false))
    act(() => screen.getByRole('button', { name: 'Ask' }).focus())
    fireEvent.click(screen.getByRole('button', { name: 'Ask' }))
    rerender(sheet(true))
    expect(document.activeElement?.textContent).toBe('Questions')
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' })
    expect(closed).toHaveBeenCalledTimes(1)
  })
  test('a sheet takes no focus that somebody has elsewhere', () => {
    const sheet = (text: string) => <><button type="button">vitals</button><Sheet open title="Questions" onClose={() => {}}><p>{text}</p></Sheet></>
    const { rerender } = render(sheet('one'))
    act(() => screen.getByRole('button', { name: 'vitals' }).focus())
    rerender(sheet('two'))
    expect(document.activeElement?.textContent).toBe('vitals')
    fireEvent.pointerDown(document.body)
    act(() => (document.activeElement as HTMLElement).blur())
    rerender(sheet('three'))
    expect(document.activeElement).toBe(document.body)
  })
  test('a dialog that has to be answered ignores Escape', () => {
    const closed = vi.fn()
    render(<Dialog open binding title="Sign?" onClose={closed}><button type="button">Sign</button></Dialog>)
    fireEvent.keyDown(screen.getByRole('alertdialog'), { key: 'Escape' })
    expect(closed).not.toHaveBeenCalled()
  })
  test('another closes by Escape', () => {
    const closed = vi.fn()
    render(<Dialog open title="Print?" onClose={closed}><button type="button">Print</button></Dialog>)
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' })
    expect(closed).toHaveBeenCalledTimes(1)
  })
})

describe('figures have words', () => {
  test('the thread says where the person is', () => {
    render(<Thread label="Course" visits={[{ id: '1', label: 'Intake', state: 'done' }, { id: '2', label: 'Preparation 1', state: 'next', when: 'Thursday' }, { id: '3', label: 'Medicine 1', state: 'planned' }]} />)
    expect(screen.getByText('1 of 3 behind you. Next: Preparation 1 · Thursday')).toBeTruthy()
    expect(screen.getByText('Preparation 1, Thursday, next').closest('li')?.getAttribute('aria-current')).toBe('step')
  })
  test('the curve has its numbers in a table', () => {
    render(<Curve title="PHQ-9" series={[{ name: 'Mara', points: [{ x: 0, y: 19, label: 'start' }, { x: 7, y: 11, label: 'day 7' }] }]} x={{ min: 0, max: 7, ticks: [] }} y={{ min: 0, max: 27, ticks: [] }} />)
    expect([...document.querySelectorAll('tbody tr')].map((row) => row.textContent)).toEqual(['start19', 'day 711'])
  })
  test.each([[0, '0:00'], [47, '0:47'], [59.9, '0:59'], [60, '1:00'], [130, '2:10'], [-5, '-0:05']])('%d minutes are %s', (minutes, shown) => {
    expect(hoursAndMinutes(minutes)).toBe(shown)
  })
  test('the clock is said in words', () => {
    render(<Clock minutes={61} label="since dose" />)
    expect(screen.getByText('1 hour 1 minute since dose')).toBeTruthy()
  })
})

test('a code keeps its digits and tells once when it is whole', () => {
  const whole = vi.fn()
  const Held = () => { const [code, setCode] = useState(''); return <CodeField label="Code" value={code} onChange={setCode} onComplete={whole} /> }
  render(<Held />)
  fireEvent.change(screen.getByLabelText('Code'), { target: { value: '123 45x' } })
  expect(whole).not.toHaveBeenCalled()
  fireEvent.change(screen.getByLabelText('Code'), { target: { value: '123 4567' } })
  expect(whole).toHaveBeenCalledExactlyOnceWith('123456')
})

test('a signature is drawn, or a name typed instead', () => {
  const seen: (Signed | null)[] = []
  const Held = () => { const [value, setValue] = useState<Signed | null>(null); return <SignaturePad label="Sign" value={value} onChange={(next) => { setValue(next); seen.push(next) }} /> }
  render(<Held />)
  fireEvent.pointerDown(screen.getByRole('img'), { clientX: 1, clientY: 1 })
  fireEvent.pointerMove(screen.getByRole('img'), { clientX: 9, clientY: 9 })
  expect(seen.at(-1)).toMatchObject({ method: 'drawn', path: expect.stringMatching(/^M.+L/) })
  fireEvent.click(screen.getByText('Type my name instead'))
  expect(seen.at(-1)).toBeNull()
  fireEvent.change(screen.getByLabelText('Your full name, typed'), { target: { value: 'Mara Kovač' } })
  expect(seen.at(-1)).toEqual({ method: 'typed-name', name: 'Mara Kovač' })
})

test('the dosing room is dim while it is open and only then', () => {
  const Room = () => { useLight('dim'); return null }
  const { unmount } = render(<Room />)
  expect(document.documentElement.dataset['light']).toBe('dim')
  unmount()
  expect(document.documentElement.dataset['light']).toBeUndefined()
})

test('tabs show one panel, and the one that was asked for', () => {
  const chosen = vi.fn()
  render(<Tabs label="Chart" selected="a" onSelect={chosen} tabs={[{ id: 'a', label: 'Course', panel: 'Thread' }, { id: 'b', label: 'Facts', panel: 'Allergies' }]} />)
  expect(screen.getByRole('tabpanel').textContent).toBe('Thread')
  fireEvent.click(screen.getByRole('tab', { name: 'Facts' }))
  expect(chosen).toHaveBeenCalledWith('b')
})

test('a combo box offers what matches the typing', () => {
  render(<Combo label="Medicine" choices={[{ value: 'l', label: 'Lamotrigine' }, { value: 's', label: 'Sertraline' }]} value={null} onChange={() => undefined} />)
  const input = screen.getByRole('combobox')
  act(() => input.focus())
  fireEvent.change(input, { target: { value: 'lam' } })
  expect(screen.getAllByRole('option').map((one) => one.textContent)).toEqual(['Lamotrigine'])
})
