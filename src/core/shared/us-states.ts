/**
 * The states, the district and the territories in which somebody can be, under the two letters of the United States Postal
 * Service (Publication 28, appendix B), which are those of ISO 3166-2:US. Left out are letters of the post that are no place
 * of the United States: those of the armed forces and of the freely associated states.
 */
export const states = {
  AL: 'Alabama', AK: 'Alaska', AS: 'American Samoa', AZ: 'Arizona', AR: 'Arkansas', CA: 'California', CO: 'Colorado', CT: 'Connecticut', DE: 'Delaware', DC: 'District of Columbia', FL: 'Florida', GA: 'Georgia', GU: 'Guam',
  HI: 'Hawaii', ID: 'Idaho', IL: 'Illinois', IN: 'Indiana', IA: 'Iowa', KS: 'Kansas', KY: 'Kentucky', LA: 'Louisiana', ME: 'Maine', MD: 'Maryland', MA: 'Massachusetts', MI: 'Michigan', MN: 'Minnesota', MS: 'Mississippi', MO: 'Missouri',
  MT: 'Montana', NE: 'Nebraska', NV: 'Nevada', NH: 'New Hampshire', NJ: 'New Jersey', NM: 'New Mexico', NY: 'New York', NC: 'North Carolina', ND: 'North Dakota', MP: 'Northern Mariana Islands', OH: 'Ohio', OK: 'Oklahoma', OR: 'Oregon',
  PA: 'Pennsylvania', PR: 'Puerto Rico', RI: 'Rhode Island', SC: 'South Carolina', SD: 'South Dakota', TN: 'Tennessee', TX: 'Texas', UT: 'Utah', VT: 'Vermont', VI: 'U.S. Virgin Islands', VA: 'Virginia', WA: 'Washington', WV: 'West Virginia',
  WI: 'Wisconsin', WY: 'Wyoming',
} as const
export type StateCode = keyof typeof states
/** Nobody here holds a licence for it. */
export const OUTSIDE = 'outside'
export type Whereabouts = StateCode | typeof OUTSIDE

export const stateCodes = Object.keys(states) as StateCode[]
const isCode = (text: string): text is StateCode => Object.hasOwn(states, text)
export const isWhereabouts = (text: string): text is Whereabouts => text === OUTSIDE || isCode(text)

/** For a list to choose from, by name. */
export const stateChoices = stateCodes.map((value) => ({ value, label: states[value] }))
export const whereChoices: readonly { readonly value: Whereabouts; readonly label: string }[] = [...stateChoices, { value: OUTSIDE, label: 'Outside the United States' }]

const byName = new Map<string, StateCode>([...stateCodes.map((code) => [states[code].toLowerCase(), code] as const), ['washington dc', 'DC'], ['virgin islands', 'VI']])

/** The state that a text means, typed as its letters, its name, or both as ISO writes them; nothing where it reads as none. */
export function stateOf(typed: string): StateCode | undefined {
  const text = typed.trim().replace(/^us-/i, '')
  const letters = text.replaceAll(/[.\s]/g, '').toUpperCase()
  if (isCode(letters)) return letters
  return byName.get(text.toLowerCase().replaceAll(/[.,]/g, '').replace(/^(the )?(state of )?/, '').replace(/^us (?=virgin)/, ''))
}

const WITH_ARTICLE: readonly string[] = ['DC', 'MP', 'VI']

/** "Oregon" and "the District of Columbia", for the middle of a sentence; a text that reads as no state stays as it was typed. */
export function stateName(typed: string): string {
  const code = stateOf(typed)
  return code === undefined ? typed : `${WITH_ARTICLE.includes(code) ? 'the ' : ''}${states[code]}`
}

/** "in Oregon", "outside the United States". */
export const inState = (where: string): string => (where === OUTSIDE ? 'outside the United States' : `in ${stateName(where)}`)
