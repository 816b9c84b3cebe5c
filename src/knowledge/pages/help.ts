import type { SourceId } from '../sources.ts'

export interface HelpLine {
  readonly id: string
  readonly name: string
  readonly says: string
  readonly ways: readonly { readonly label: string; readonly href: string }[]
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly verified: boolean
  readonly reviewBy: string
}

const row = { cites: ['S33'], verified: true, reviewBy: '2027-05-21' } as const

/** People who answer at any hour, in the United States. The words work without network; the numbers need a phone. */
export const helpLines: readonly HelpLine[] = [
  { id: 'emergency', name: 'Emergency', says: 'If a life is in danger, or somebody is badly hurt or hardly breathing.', ways: [{ label: 'Call 911', href: 'tel:911' }], ...row },
  { id: '988', name: '988 Suicide and Crisis Lifeline', says: 'If you think of ending your life, or cannot bear things. Also for people who worry about somebody else.', ways: [{ label: 'Call 988', href: 'tel:988' }, { label: 'Text 988', href: 'sms:988' }], ...row },
  { id: 'text-line', name: 'Crisis Text Line', says: 'If you would rather write than talk.', ways: [{ label: 'Text 741741', href: 'sms:741741' }], ...row },
]

/** For the first minutes, until somebody is there. */
export const untilHelpComes: readonly string[] = [
  'Go to where other people are, or ask somebody to come and stay with you.',
  'Move away from anything you could hurt yourself with, or ask somebody to take it.',
  'If you have a safety plan, take it out and begin at the first line.',
  'Do not drink, and do not take more of any medicine than you should.',
  'You do not have to solve anything tonight. You only have to get through it.',
]
