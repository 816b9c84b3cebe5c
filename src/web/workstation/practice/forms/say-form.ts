import { itemsOf, rangeOf, type Counting } from '../../../../core/measures/counting.ts'
import { endsOf, lookUp, type Answers, type AnswerScale, type Instrument } from '../../../../core/measures/instrument.ts'
import type { FormState } from '../../../../core/measures/own-copy.ts'
import { sayNumber, score } from '../../../../core/measures/score.ts'
import { count, listed } from '../book/rule.ts'

export const tierWords: Readonly<Record<Instrument['licence']['tier'], string>> = { T1: 'open to all', T2: 'open on a condition', T3: 'belongs to its owner', own: 'our own' }
export const missingWords: Readonly<Record<FormState['missing'][number], string>> = { condition: 'its condition is not accepted', copy: 'its words are not here' }
export const languageName = (code: string): string => new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code

const numbers = (ids: readonly string[]) => listed(ids.map((id) => id.replace(/^q/, '')))

function sayOne(counting: Counting, instrument: Instrument): string {
  const range = rangeOf(counting, lookUp(instrument, {}))
  const span = range ? `, ${sayNumber(range.min)} to ${sayNumber(range.max)}` : ''
  const many = count(itemsOf(counting).length, 'answer')
  if (counting.kind === 'highest') return `The highest answer of each of ${counting.groups.length} groups, added up${span}.`
  if (counting.kind === 'count') return `How many of ${many} are ${counting.from} or more${span}.`
  const turned = counting.reversed?.length ? ` ${counting.reversed.length === 1 ? 'Question' : 'Questions'} ${numbers(counting.reversed)} ${counting.reversed.length === 1 ? 'counts' : 'count'} the other way.` : ''
  const unasked = counting.kind === 'sum' && counting.unaskedCountsAs !== undefined ? ` What is not asked counts as ${counting.unaskedCountsAs}.` : ''
  const spared = counting.kind === 'mean' && counting.mayMiss ? ` Up to ${counting.mayMiss} may be missing; then it is the mean of the others.` : ''
  return `The ${counting.kind} of ${many}${counting.times === undefined ? '' : `, times ${counting.times}`}${span}.${turned}${unasked}${spared}`
}

/** How it is counted, in sentences. */
export function sayCounting(instrument: Instrument): readonly string[] {
  const { scoring, bands, findings } = instrument
  return [
    scoring.kind === 'none' ? 'There is no total.' : sayOne(scoring, instrument),
    ...Object.entries(scoring.subscales ?? {}).map(([name, part]) => `${partName(name)}: ${lower(sayOne(part, instrument))}`),
    ...(bands.length > 0 ? [`Bands: ${bands.map(({ from, to, name }) => `${from === to ? from : `${from} to ${to}`} ${name}`).join(', ')}. A band is no diagnosis.`] : []),
    ...(findings ?? []).map(({ says }) => says),
    ...(scoring.kind === 'none' ? [] : ['With an answer missing there is no total.']),
  ]
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
/** What a part of a definition is called where somebody reads where it comes from. */
const definitionParts: Readonly<Record<string, string>> = { items: 'Questions', stem: 'Lead-in', loinc: 'Public codes', minDaysBetween: 'Days from one to the next', mayMiss: 'Answers that may be missing', askedWhen: 'Which question follows which', recallDays: 'How far back it looks', reversed: 'What counts the other way', subscales: 'Its parts', parts: 'How many parts', licence: 'Licence', triage: 'Which answer is how urgent', risk: 'Which answer is a danger', scoring: 'Counting' }
export const definitionPart = (part: string): string => definitionParts[part] ?? partName(part)

export const partName = (name: string): string => upper(name.replaceAll('-', ' '))

/** One way of filling it in: the answer in the middle of every question, and what comes of it. */
export function exampleOf(instrument: Instrument): readonly (readonly [string, string])[] {
  const answers: Answers = Object.fromEntries(instrument.items.map(({ id, answer }) => [id, middle(answer)]))
  const { total, band, subscales, findings } = score(instrument, answers)
  return [
    ...(instrument.scoring.kind === 'none' ? [] : [['Total', `${total === null ? 'none' : sayNumber(total)}${band === null ? '' : `, ${band}`}`] as const]),
    ...Object.entries(subscales).map(([name, value]) => [partName(name), value === null ? 'none' : sayNumber(value)] as const),
    ...(findings ?? []).map(({ says, is }) => [says, is] as const),
  ]
}

function middle(answer: AnswerScale): number {
  if (answer.kind === 'choice') return answer.options[Math.floor(answer.options.length / 2)]!.value
  const { min, max } = endsOf(answer)
  return answer.kind === 'yes-no' ? 1 : Math.round((min + max) / 2)
}

/** The answers to choose from, as they are read. */
export const saysAnswers = (answer: AnswerScale): string =>
  answer.kind === 'yes-no' ? 'Yes · No' : answer.kind === 'slider' ? `${answer.min} (${answer.low}) to ${answer.max} (${answer.high})` : answer.options.map(({ text }) => text).join(' · ')
