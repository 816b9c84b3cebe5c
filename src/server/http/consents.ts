import { createHash } from 'node:crypto'
import { readChart, type Chart } from '../../core/chart/chart.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { consentForm } from '../../knowledge/consents.ts'
import { readEntries } from '../store/charts.ts'
import { entry, writeAct, written } from './acts.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

/** The digest of a consent's words and version: what the signature is bound to. */
export const consentSha256 = (form: unknown) => createHash('sha256').update(canonical(form)).digest('hex')

export const consentHandlers: Handlers<'signConsent'> = {
  async signConsent({ params, body }, here) {
    const before = await written(here, params.chart, body.id, 'consent.v1', { form: body.form, version: body.version, textSha256: body.textSha256, acknowledged: body.acknowledged, choices: body.choices })
    if (before) return before
    const form = consentForm(body.form)
    if (!form) throw new Problem('not-found')
    if (form.version !== body.version || consentSha256(form) !== body.textSha256) throw new Problem('consent.changed')
    const unread = form.risks.filter(({ id }) => !body.acknowledged.includes(id))
    const undecided = form.choices.filter(({ id, options }) => !options.includes(body.choices?.[id] ?? ''))
    if (unread.length + undecided.length > 0) {
      throw new Problem('step.blocked', { list: [...unread.map(({ id, says }) => ({ code: id, says: `Not ticked yet: ${says}` })), ...undecided.map(({ id, asks }) => ({ code: id, says: `Not decided yet: ${asks}` }))] })
    }
    if (underTheMedicine(await wholeChart(here, params.chart))) throw new Problem('consent.not-now')
    return writeAct(here, params.chart, 'consent.signed', entry('consent.v1', body.id, body.device, here, {
      form: form.form, version: form.version, language: form.language, textSha256: body.textSha256, acknowledged: body.acknowledged, ...(body.choices ? { choices: body.choices } : {}),
      signature: { person: here.actor.person!, name: body.typedName, meaning: 'consent', method: 'typed-name', signedAt: here.now },
    }))
  },
}

/** The patient may not read what is written in the room; the rule that protects her has to. */
async function wholeChart(here: Here, chart: string): Promise<Chart> {
  return asJob(here.shell, here.actor.practice, async (client) => readChart(await readEntries({ client, actor: here.actor }, chart)))
}

/** Between a dose and the end of its session nobody can agree to anything. */
export function underTheMedicine(chart: Chart): boolean {
  const closed = new Set(chart.all('session-closed.v1').map((each) => each.session))
  return chart.all('dose-given.v1').some((dose) => !closed.has(dose.session))
}
