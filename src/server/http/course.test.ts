import { expect, test } from 'vitest'
import type { Step } from '../../core/course/step.ts'
import { plain } from './course.ts'

const step = (id: string, title: string, blockedBy: Step['blockedBy'] = []): Step => ({ id, title, who: ['therapist'], state: 'due', blockedBy, facts: ['an-entry'] })

test.each([
  ['a step without a secret', step('integration-1', 'Integration 1 of 6'), 'Integration 1 of 6', []],
  ['what a clinician decides about', step('maintenance', 'Review for a booster. The score rose.'), 'Maintenance: for the clinicians to decide', []],
  ['what is asked every week', step('weekly-question', 'Ask about thoughts of suicide: not asked since the first dose'), 'Weekly word with the therapist', []],
  ['why it waits', step('medicine-2', 'Medicine session 2 of 6', [{ code: 'risk', says: 'High', facts: ['a'] }, { code: 'clearance', says: 'Reopened by H01', facts: ['b'] }, { code: 'order', says: 'Order: not done yet.', facts: [] }]), 'Medicine session 2 of 6', ['The clinicians have put this on hold.', 'Medical clearance is not in place.', 'Order: not done yet.']],
] as const)('the desk and the patient read no clinical fact: %s', (_, one, title, says) => {
  const shown = plain(one)
  expect([shown.title, shown.blockedBy.map((each) => each.says)]).toEqual([title, says])
  expect(JSON.stringify(shown)).not.toMatch(/facts|an-entry/)
})
