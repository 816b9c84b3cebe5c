// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { BriefRoom } from '../brief/BriefRoom.tsx'
import { open, ready, stored, wrote } from '../testing/open.tsx'
import { ForPrescriberRoom, SignsLine } from './ForPrescriberRoom.tsx'

afterEach(cleanup)
const sign = (name: string, seen = true) => stored('misuse-sign.v1', { sign: name, seen, on: '2026-11-20', said: `Heard on the phone about ${name}.` })
const three = () => [...ready(), sign('misuse.early'), sign('misuse.lost'), sign('misuse.higher')]
const settle = () => new Promise((done) => setTimeout(done, 0))

describe('a therapist', () => {
  test('reads nothing of it, and may tell', async () => {
    open(<ForPrescriberRoom />, { entries: ready(), role: 'therapist' })
    expect(screen.queryByText(/signs? seen/i)).toBeNull()
    expect(screen.queryByRole('form', { name: 'What came of it' })).toBeNull()
    const form = within(screen.getByRole('form', { name: 'Tell the prescriber' }))
    expect(form.queryByText('Was it so?')).toBeNull()
    fireEvent.click(form.getByRole('button', { name: 'Tell the prescriber' }))
    expect(screen.getByText(/2 things to look at/)).toBeTruthy()
    fireEvent.change(form.getByLabelText('What it is about'), { target: { value: 'misuse.early' } })
    fireEvent.change(form.getByLabelText('What was seen or heard'), { target: { value: 'Asked twice for an earlier day.' } })
    fireEvent.click(form.getByRole('button', { name: 'Tell the prescriber' }))
    await settle()
    expect(wrote.at(-1)).toMatchObject({ kind: 'misuse-sign.v1', body: { sign: 'misuse.early', seen: true, said: 'Asked twice for an earlier day.' } })
  })
  test('sees no line of it elsewhere, even where the entries were on the device', () => {
    open(<SignsLine />, { entries: three(), role: 'therapist' })
    expect(screen.queryByText(/you alone read/)).toBeNull()
  })
})

describe('a prescriber', () => {
  test('reads each sign with the words it was told in, and what nobody has said', () => {
    open(<ForPrescriberRoom />, { entries: three() })
    expect(screen.getByText(/3 signs seen/)).toBeTruthy()
    expect(screen.getByText('dosing waits for you')).toBeTruthy()
    expect(screen.getByText(/Heard on the phone about misuse.lost/)).toBeTruthy()
    expect(screen.getByText(/^Not known: .*A urine screen shows what nobody expected; Craves ketamine/)).toBeTruthy()
  })
  test('with nothing told: that is not the same as none', () => {
    open(<ForPrescriberRoom />, { entries: [] })
    expect(screen.getByText(/That is not the same as none/)).toBeTruthy()
  })
  test('where somebody looked and it was not so, there is nothing to sign off: only a further sign can be written', () => {
    open(<ForPrescriberRoom />, { entries: [...ready(), sign('misuse.early', false)] })
    expect(screen.getAllByText('looked, not so').length).toBeGreaterThan(0)
    expect(screen.queryByRole('form', { name: 'What came of it' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Write it down' })).toBeTruthy()
  })
  test('writes what came of it, in words, naming what was read', async () => {
    const entries = three()
    open(<ForPrescriberRoom />, { entries })
    const form = within(screen.getByRole('form', { name: 'What came of it' }))
    fireEvent.change(form.getByLabelText('What came of it'), { target: { value: 'Nineteen characters' } })
    fireEvent.click(form.getByRole('button', { name: 'I have looked at these' }))
    await settle()
    const before = wrote.length
    fireEvent.change(form.getByLabelText('What came of it'), { target: { value: 'We spoke; she was afraid of the gap.' } })
    fireEvent.click(form.getByRole('button', { name: 'I have looked at these' }))
    await settle()
    expect(wrote.length).toBe(before + 1)
    const body = wrote.at(-1)!.body as { read: string[] }
    expect(entries.filter(({ kind }) => kind === 'misuse-sign.v1').every(({ id }) => body.read.includes(id))).toBe(true)
  })
  test.each([[1, /1 sign that you alone read\./], [2, /2 signs that you alone read; to look at/], [3, /3 signs that you alone read; dosing waits for you/]])('%i: the line on the brief', (many, says) => {
    open(<BriefRoom />, { entries: [...ready(), ...['misuse.early', 'misuse.lost', 'misuse.higher'].slice(0, many).map((name) => sign(name))] })
    expect(screen.getByText(says)).toBeTruthy()
  })
})
