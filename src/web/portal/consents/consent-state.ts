import type { Chart } from '../../../core/chart/chart.ts'
import type { EntryOf } from '../../../core/chart/entry.ts'
import { consentNow } from '../../../core/course/consent.ts'
import { canonical } from '../../../core/shared/canonical.ts'
import type { ConsentForm } from '../../../knowledge/consents.ts'

export type ConsentState =
  | { readonly is: 'open' }
  | { readonly is: 'signed' | 'older'; readonly entry: EntryOf<'consent.v1'> }
  | { readonly is: 'taken-back'; readonly at: string }

/** How a form stands: never signed, signed in today's words, signed in older words, or taken back. */
export function consentState(chart: Chart, form: Pick<ConsentForm, 'form' | 'version'>): ConsentState {
  const { state, signed, withdrawn } = consentNow(chart, form)
  if (state === 'withdrawn') return { is: 'taken-back', at: withdrawn!.at }
  return signed ? { is: state === 'signed' ? 'signed' : 'older', entry: signed } : { is: 'open' }
}

/** The digest of the words she has in front of her: the server compares it with its own, so neither can drift. Undefined where the browser cannot compute it. */
export async function textDigest(form: ConsentForm): Promise<string | undefined> {
  const bytes = await globalThis.crypto?.subtle?.digest('SHA-256', new TextEncoder().encode(canonical(form)))
  return bytes && [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** What is ticked, chosen and typed. Nothing of it is there beforehand. */
export interface ConsentDraft {
  readonly ticked: readonly string[]
  readonly choices: Readonly<Record<string, string>>
  readonly name: string
}

/** What is still open before it can be signed, each in a sentence. */
export function openParts({ risks, choices }: ConsentForm, draft: ConsentDraft): readonly { readonly id: string; readonly says: string }[] {
  return [
    ...risks.filter(({ id }) => !draft.ticked.includes(id)).map(({ id, says }) => ({ id: `risk-${id}`, says: `Not ticked: ${says}` })),
    ...choices.filter(({ id, options }) => !options.includes(draft.choices[id] ?? '')).map(({ id, asks }) => ({ id: `choice-${id}`, says: `Not chosen: ${asks}` })),
    ...(draft.name.trim().length < 2 ? [{ id: 'name', says: 'Your name is not typed yet.' }] : []),
  ]
}
