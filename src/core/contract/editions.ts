import { z } from 'zod'
import { courseDraftSchema } from '../course/own-course.ts'
import { changeSchema, stepSchema } from '../rulebook/changes.ts'
import { route } from './route.ts'

const value = z.union([z.number(), z.string()])
/** `beyondShipped`: it ends looser than it ships, whichever way it was turned. */
export const editionMove = z.object({ dial: z.string(), from: value, to: value, way: z.enum(['tighter', 'looser']), beyondShipped: z.boolean().optional(), reason: z.string() })
/** An edition of this practice: what it turned, who signed, when and why. */
const edition = z.object({
  number: z.int(), name: z.string(), sha256: z.string(), adoptedBy: z.string(), adoptedAt: z.string(), reason: z.string(), changes: z.array(changeSchema), moves: z.array(editionMove),
  /** Who signed second, where something in it is looser. Before that took two, nobody did. */
  countersignedBy: z.string().nullable(), countersignedWhy: z.string().nullable(),
})
const editionSteps = z.array(stepSchema).min(1).max(100)
/** Sentences of the session's note in the practice's own words; an empty one goes back to what ships. */
const editionSentences = z.array(z.strictObject({ id: z.string().max(80), says: z.string().max(1000) })).min(1).max(60)
const editionCourses = z.array(courseDraftSchema).min(1).max(1)
/** Figures to turn, a course to make of another, or sentences to say otherwise. */
const editionSigned = { on: z.int().min(0), reason: z.string().trim().min(3).max(2000), code: z.string().regex(/^\d{6}$/) }
export const editionAsked = z.union([z.strictObject({ ...editionSigned, steps: editionSteps }), z.strictObject({ ...editionSigned, courses: editionCourses }), z.strictObject({ ...editionSigned, sentences: editionSentences })])
/** How one open chart is judged now, and how it would be. */
const judgement = z.object({ decision: z.string(), clearance: z.string(), rules: z.array(z.string()) })
export const judgedOtherwise = z.object({ chart: z.uuid(), name: z.string(), before: judgement, after: judgement })

/** What one person under way would see on another course: another next step, and visits that no longer fit. */
export const seesOtherwise = z.object({ chart: z.uuid(), name: z.string(), next: z.object({ from: z.string(), to: z.string() }).optional(), bookings: z.array(z.string()) })

/** The practice's own editions of the rulebook. Which edition the steps start from is said with them: nobody signs over somebody else's. */
export const editionRoutes = {
  editions: route({ method: 'GET', path: '/api/rulebook/editions', who: 'rulebook.read', audit: null, response: z.object({ inForce: z.int(), name: z.string(), sha256: z.string(), broken: z.string().nullable(), shipped: z.object({ name: z.string(), sha256: z.string(), broken: z.string().nullable() }), changes: z.array(changeSchema), editions: z.array(edition) }) }),
  /** The book word for word, for a device to keep and to compare with its digest. 0 is the one that ships. */
  editionBook: route({ method: 'GET', path: '/api/rulebook/editions/:number', who: 'rulebook.read', audit: null, background: true, params: z.object({ number: z.coerce.number().int().min(0).max(1_000_000) }), response: z.object({ number: z.int(), name: z.string(), sha256: z.string(), book: z.string() }) }),
  previewEdition: route({ method: 'POST', path: '/api/rulebook/editions/preview', who: 'rulebook.tighten', audit: 'rulebook.previewed', body: z.object({ on: z.int().min(0), steps: editionSteps }), response: z.object({ moves: z.array(editionMove), looked: z.int(), changed: z.int(), named: z.array(judgedOtherwise) }) }),
  /** Tightened by a prescriber or the medical director. What is looser is proposed by the medical director and signed by a second person. */
  adoptEdition: route({ method: 'POST', path: '/api/rulebook/editions', who: 'rulebook.tighten', audit: 'rulebook.edition-adopted', body: editionAsked, response: z.object({ number: z.int(), name: z.string(), sha256: z.string() }) }),
  /** Who is under way on one course and would see something else on another, which may not have been made yet. Nobody is moved by asking. */
  previewCourse: route({ method: 'POST', path: '/api/rulebook/courses/preview', who: 'rulebook.tighten', audit: 'rulebook.previewed', body: z.object({ on: z.int().min(0), course: courseDraftSchema }), response: z.object({ looked: z.int(), changed: z.int(), named: z.array(seesOtherwise) }) }),
} as const
