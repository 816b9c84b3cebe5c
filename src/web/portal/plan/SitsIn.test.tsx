// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { AtHerPhone, course, entry } from '../testing/patient.tsx'
import { SitsIn } from './SitsIn.tsx'

afterEach(() => { cleanup(); sessionStorage.clear() })

test.each([['a state that the desk wrote', true, /You usually sit in California/], ['nothing so far', false, /We do not know yet/]])('%s: hers to say, and the same again is not written', async (_, known, says) => {
  const wrote = vi.fn()
  render(<AtHerPhone course={course({ visits: [] })} entries={known ? [entry('sits-in.v1', { state: 'CA', via: 'form' })] : []} wrote={wrote}><SitsIn /></AtHerPhone>)
  screen.getByText(says)
  const keep = screen.getByRole('button', { name: 'Keep this state' }) as HTMLButtonElement
  expect(keep.disabled).toBe(true)
  if (known) { fireEvent.change(screen.getByLabelText('State'), { target: { value: 'CA' } }); expect(keep.disabled).toBe(true) }
  fireEvent.change(screen.getByLabelText('State'), { target: { value: 'NV' } })
  fireEvent.click(keep)
  await screen.findByText(/You usually sit in Nevada/)
  expect(wrote).toHaveBeenCalledExactlyOnceWith('sits-in.v1', { state: 'NV', via: 'patient' })
})
