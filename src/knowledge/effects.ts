import type { EffectRows, SideEffectRow } from '../core/session/effects.ts'
import { bladder } from './effects/bladder.ts'
import { body } from './effects/body.ts'
import { mind } from './effects/mind.ts'
import { nerves } from './effects/nerves.ts'
import type { SourceId } from './sources.ts'

/**
 * The side-effect picker. Terms and grade texts are those of the CTCAE, version 5.0, a work of the United States
 * government; they were read in a copy and not compared with the publication itself, so `textVerified` is false
 * throughout, and rows recalled without that copy carry the tag M. The codes of the dictionary behind the terms
 * are licensed by others and are not shipped. Labels are ours. Grade 5, death, is never picked here.
 */
export const sideEffects = [...mind, ...nerves, ...body, ...bladder] as const satisfies readonly (SideEffectRow & { readonly cites: readonly [SourceId, ...SourceId[]] })[]

/** An expected effect becomes a report only from this grade on, or when it outlasts the session or needs medicine. */
const reporting = { id: 'effects.reporting', fromGrade: 3, seriousFromGrade: 4, tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const

export const effects = { terms: sideEffects, reporting } as const satisfies EffectRows
