import { expect, test } from 'vitest'
import { onDeviceOf } from './signatures.ts'

test('whose device somebody signed on is said where it was not their own', () => {
  expect(onDeviceOf({ by: 'jonas', name: 'Jonas Lindqvist', guest: 'g', proof: 'p' })).toBe(' on Jonas L.’s device')
  expect(onDeviceOf(undefined)).toBe('')
})
