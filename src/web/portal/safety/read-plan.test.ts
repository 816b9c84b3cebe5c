import { expect, test } from 'vitest'
import { kinds } from '../../../core/chart/kinds.ts'
import { readPlan, type PlanDraft } from './read-plan.ts'

const whole: PlanDraft = {
  warningSigns: ['not answering messages', ' '], coping: ['walk to the water'], distraction: [['the climbing hall', '']], help: [['Lena', '+1 510 555 0178'], ['', '']], professionals: [['Lifeline', '988']],
  environment: [['medicines kept with Lena', '']], worthLivingFor: ' my niece ', likelihoodOfUse: 0, madeWith: 'Jonas Lindqvist and Lena', reviewOn: '2027-02-01', self: 'Mara Keller',
}

test('a whole plan is one that the table of kinds takes, with empty lines left out', () => {
  const read = readPlan(whole)
  if (!read.ok) throw new Error(read.refusal.join(' '))
  expect(kinds['safety-plan.v1'].body.parse(read.value)).toEqual(read.value)
  expect(read.value).toMatchObject({ warningSigns: ['not answering messages'], help: [{ who: 'Lena', phone: '+1 510 555 0178' }], worthLivingFor: 'my niece', likelihoodOfUse: 0, madeWith: ['Mara Keller', 'Jonas Lindqvist', 'Lena'] })
})

test.each<[string, Partial<PlanDraft>, RegExp]>([
  ['no sign', { warningSigns: [' '] }, /at least one sign/], ['nothing to do', { coping: [] }, /by yourself/], ['nobody to ask', { help: [['', '']] }, /at least one person/], ['no professional', { professionals: [] }, /at least one professional/],
  ['a helper without a number', { help: [['Lena', '']] }, /a phone number/], ['a number without a name', { help: [['', '555']] }, /a name/], ['a place without a name', { distraction: [['', '555']] }, /a name/],
  ['likelihood not answered', { likelihoodOfUse: null }, /how likely/], ['no day', { reviewOn: null }, /a day/],
])('%s: it is said, and nothing is a plan', (_, gap, says) => {
  const read = readPlan({ ...whole, ...gap })
  expect(read.ok).toBe(false)
  if (!read.ok) expect(read.refusal.join(' ')).toMatch(says)
})
