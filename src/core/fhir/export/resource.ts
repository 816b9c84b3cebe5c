import { LOINC, ownSystem, UCUM, US_CORE } from '../codes.ts'

/** A FHIR resource on its way out. Fields that are `undefined` are left out when the bundle is put together. */
export type Resource = { readonly resourceType: string; readonly id: string } & { readonly [field: string]: unknown }
export interface Reference { readonly reference?: string; readonly display?: string }

export const profile = (name: string) => ({ meta: { profile: [`${US_CORE}/us-core-${name}`] } })
export const concept = (system: string, code: string, display?: string) => ({ coding: [{ system, code, display }], text: display })
export const loinc = (code: string, display: string) => concept(LOINC, code, display)
/** A concept of our own, for what no public system names. */
export const own = (list: string, code: string, text: string) => concept(ownSystem(list), code, text)
export const quantity = (value: number, unit: string, code: string) => ({ value, unit, system: UCUM, code })

export const category = (code: string) => [concept('http://terminology.hl7.org/CodeSystem/observation-category', code)]

/** XHTML for the people who read a resource: paragraphs of plain text. */
export const narrative = (...paragraphs: readonly string[]) => ({
  status: 'additional', div: `<div xmlns="http://www.w3.org/1999/xhtml">${paragraphs.filter(Boolean).map((text) => `<p>${escapeXml(text)}</p>`).join('')}</div>`,
})

/** Text as markup holds it. A character that markup cannot hold becomes a mark that one can see. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Leaves out what is undefined and the lists and objects that held nothing else: FHIR knows no empty ones. */
export function clean(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(clean).filter((item) => item !== undefined)
    return items.length > 0 ? items : undefined
  }
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  if (typeof value !== 'object' || value === null) return value ?? undefined
  const fields = Object.entries(value).map(([key, field]) => [key, clean(field)] as const).filter(([, field]) => field !== undefined)
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}
