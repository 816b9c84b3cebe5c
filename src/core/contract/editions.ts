import { z } from 'zod'
import { courseDraftSchema } from '../course/own-course.ts'
import { changeSchema, stepSchema } from '../rulebook/changes.ts'
import { route } from './route.ts'

const value = z.union([z.number(), z.string()])
const move = z.object({ dial: z.string(), from: value, to: value, way: z.enum(['tighter', 'looser']), reason: z.string() })
/** An edition of this practice: what it turned, who signed, when and why. */
const edition = z.object({
  number: z.int(), name: z.string(), sha256: z.string(), adoptedBy: z.string(), adoptedAt: z.string(), reason: z.string(), changes: z.array(changeSchema), moves: z.array(move),
})
const steps = z.array(stepSchema).min(1).max(100)
const courses = z.array(courseDraftSchema).min(1).max(1)
/** Figures to turn, a course to make of another, or both. */
const signed = { on: z.int().min(0), reason: z.string().trim().min(3).max(2000), code: z.string().regex(/^\d{6}$/) }
/** How one open chart is judged now, and how it would be. */
const judgement = z.object({ decision: z.string(), clearance: z.string(), rules: z.array(z.string()) })
const changed = z.object({ chart: z.uuid(), name: z.string(), before: judgement, after: judgement })

/** What one person under way would see on another course: another next step, and visits that no longer fit. */
const otherwise = z.object({ chart: z.uuid(), name: z.string(), next: z.object({ from: z.string(), to: z.string() }).optional(), bookings: z.array(z.string()) })

/** The practice's own editions of the rulebook. Which edition the steps start from is said with them: nobody signs over somebody else's. */
export const editionRoutes = {
  editions: route({ method: 'GET', path: '/api/rulebook/editions', who: 'rulebook.read', audit: null, response: z.object({ inForce: z.int(), name: z.string(), sha256: z.string(), broken: z.string().nullable(), shipped: z.object({ name: z.string(), sha256: z.string(), broken: z.string().nullable() }), changes: z.array(changeSchema), editions: z.array(edition) }) }),
  /** The book word for word, for a device to keep and to compare with its digest. 0 is the one that ships. */
  editionBook: route({ method: 'GET', path: '/api/rulebook/editions/:number', who: 'rulebook.read', audit: null, background: true, params: z.object({ number: z.coerce.number().int().min(0).max(1_000_000) }), response: z.object({ number: z.int(), name: z.string(), sha256: z.string(), book: z.string() }) }),
  previewEdition: route({ method: 'POST', path: '/api/rulebook/editions/preview', who: 'rulebook.tighten', audit: 'rulebook.previewed', body: z.object({ on: z.int().min(0), steps }), response: z.object({ moves: z.array(move), looked: z.int(), changed: z.int(), named: z.array(changed) }) }),
  /** Tightened by a prescriber or the medical director; loosened by the medical director alone, with a reason for each. */
  adoptEdition: route({ method: 'POST', path: '/api/rulebook/editions', who: 'rulebook.tighten', audit: 'rulebook.edition-adopted', body: z.union([z.strictObject({ ...signed, steps }), z.strictObject({ ...signed, courses })]), response: z.object({ number: z.int(), name: z.string(), sha256: z.string() }) }),
  /** Who is under way on one course and would see something else on another, which may not have been made yet. Nobody is moved by asking. */
  previewCourse: route({ method: 'POST', path: '/api/rulebook/courses/preview', who: 'rulebook.tighten', audit: 'rulebook.previewed', body: z.object({ on: z.int().min(0), course: courseDraftSchema }), response: z.object({ looked: z.int(), changed: z.int(), named: z.array(otherwise) }) }),
} as const
