import type { LentLife } from './guest-steps.ts'
import type { Step } from './session-steps.ts'
import type { Attempt, Page } from './tablet.ts'
import { hold } from './verdict.ts'

/** One person does one thing on one page; what they were told of it is remembered. */
export function writeDown(life: LentLife, page: Page, chart: string, step: Step) {
  const { attempts } = life
  const attempt: Attempt = { number: attempts.length, page, chart, stream: step.stream ?? 'chart', by: page.person.id, written: step.written, forbidden: step.forbidden ?? false, began: life.acknowledged, acked: undefined, ackedAs: 0, forgotten: 0 }
  attempts.push(attempt)
  page.device.write(chart, step.written).then((acked) => {
    if (page.process.dead) return
    life.acknowledged += acked.length
    Object.assign(attempt, { acked, ackedAs: life.acknowledged, forgotten: page.tablet.disk.forgotten })
  }, (failure: Error) => hold(page.tablet.disk.full || failure.message.includes('disk'), 'it could not be written', () => failure.message))
}

