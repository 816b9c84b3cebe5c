/** Ways of working, as therapists name them. Another can be written beside these. */
export const modalities = ['CBT', 'ACT', 'mindfulness', 'somatic', 'parts work', 'EMDR', 'existential', 'psychodynamic', 'art', 'breath', 'movement'] as const

export const modalityChoices = modalities.map((name) => ({ value: name as string, label: name }))
