/** Why a file as a whole was refused. */
export interface ImportRefusal {
  readonly code: 'import.not-json' | 'import.not-fhir' | 'import.empty' | 'import.too-deep'
  readonly says: string
}
