/** Names of code systems, and the codes that reading and writing share. Codes carry no thresholds. */
export const LOINC = 'http://loinc.org'
export const SNOMED = 'http://snomed.info/sct'
export const UCUM = 'http://unitsofmeasure.org'
export const DATA_ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'
export const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor'
export const ORDINAL_VALUE = 'http://hl7.org/fhir/StructureDefinition/ordinalValue'
export const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition'
/** What has to stand wherever LOINC codes are given on. */
export const loincNotice = 'This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc.'
/** Our own extensions, for what FHIR has no element for. */
export const ownExtension = (name: string) => `https://openkap.org/fhir/${name}`
/** The answers of a form that no public system codes. */
export const answerSystem = (instrument: string) => ownSystem(`${instrument}-answers`)
/** How an item is called in FHIR: by its public code where it has one. */
export const linkIdOf = ({ item, loinc }: { readonly item: string; readonly loinc?: string }) => (loinc === undefined ? item : `/${loinc}`)

/** Our own code systems, for what no public system names. */
export const ownSystem = (name: string) => `https://openkap.org/codes/${name}`

export const vitalCodes = {
  bloodPressure: '85354-9', systolic: '8480-6', diastolic: '8462-4', heartRate: '8867-4', respiratoryRate: '9279-1',
  oxygenSaturation: '2708-6', pulseOximetry: '59408-5', temperature: '8310-5', weight: '29463-7', height: '8302-2',
  lyingLength: '8306-3', oxygenFlow: '3151-8',
} as const

/** Tests for pregnancy that say positive or negative, by specimen. */
export const pregnancyTestCodes = { urine: '2106-3', serum: '2118-8', serumBeta: '2110-5' } as const

/** Answers as public systems code them. SNOMED codes are read, since others send them, and never written. */
export const positiveCodes = ['LA6576-8', '10828004', '260373001'] as const
export const negativeCodes = ['LA6577-6', '260385009', '260415000'] as const
export const noKnownAllergyCode = '716186003'

/**
 * How a questionnaire is coded in FHIR: which link ids and LOINC codes its items have, and what each coded
 * answer is worth. The instrument library makes these; reading and writing take them as an argument.
 */
export interface InstrumentCodes {
  readonly id: string
  readonly version: string
  readonly name: string
  /** Canonical addresses under which other systems publish the same questionnaire. */
  readonly questionnaires: readonly string[]
  readonly panelLoinc?: string
  readonly totalLoinc?: string
  readonly items: readonly {
    readonly item: string
    readonly loinc?: string
    /** The wording, where its licence lets it travel. */
    readonly text?: string
    /** How it is answered; left out, by a number. */
    readonly as?: 'choice' | 'yes-no' | 'slider'
    readonly answers: readonly { readonly value: number; readonly loinc?: string; readonly display?: string }[]
  }[]
}

/** The address of a questionnaire of the instrument library. */
export const questionnaireAddress = (instrument: string) => `https://openkap.org/questionnaires/${instrument}`
