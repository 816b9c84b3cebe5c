import { spanishDraft, type SpanishDraft } from '../statement.ts'

/** What the person concerned reads of a row. `plainly` is left out where the row itself, or its label, is already in plain words. */
export interface Words { readonly plainly?: string; readonly spanish: SpanishDraft }
export const both = (plainly: string, spanish: string): Words => ({ plainly, spanish: spanishDraft(spanish) })
export const inSpanish = (spanish: string): Words => ({ spanish: spanishDraft(spanish) })
