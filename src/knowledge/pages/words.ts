import type { VisitType } from '../../core/chart/kinds/aftercare.ts'

/** What each kind of visit is called by people who come to it. */
export const visitWords: Readonly<Record<VisitType, { readonly name: string; readonly says: string }>> = {
  'inquiry-call': { name: 'First call', says: 'what you need, and who could help' },
  intake: { name: 'First visit', says: 'your story, and your questions' },
  consult: { name: 'Consultation', says: 'is this the right thing to do?' },
  'medical-clearance': { name: 'Medical visit', says: 'a prescriber looks at your health' },
  preparation: { name: 'Preparation', says: 'hopes, fears, safety plan' },
  medicine: { name: 'Medicine session', says: 'the dose, with people beside you' },
  integration: { name: 'Integration', says: 'what came up, what to keep' },
  'follow-up': { name: 'Follow-up', says: 'how are you now?' },
  maintenance: { name: 'Further session', says: 'only if you and the prescriber want it' },
  therapy: { name: 'Therapy', says: 'your regular hour, beside the course' },
}

/** Who may ask, in the words of the page; the planner and the request form obey the same flag. */
export const accessWords = {
  open: { short: 'Open to new people', says: 'You can write to us whether or not you have been here before.' },
  'current-clients-only': { short: 'For current clients only', says: 'At present we offer KAP only to people who are already in therapy with us. If you are not, you are welcome to write: we can talk about therapy here, or about who else could help.' },
} as const

/** Languages in which a first call can be held, by the person’s own name for them. */
export const languages: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Español' },
  { value: 'zh', label: '中文' },
  { value: 'vi', label: 'Tiếng Việt' },
  { value: 'tl', label: 'Tagalog' },
  { value: 'other', label: 'Another one (please say which below)' },
]
