import { expect, test } from 'vitest'
import { knownList, missing } from './facts.ts'
import { interactionsMet, type InteractionClass } from './interaction.ts'

const named = (name: string, ingredients: readonly string[] = []) => ({ name, plain: name.toLowerCase(), ingredients })
const classOf = (id: string, medicines: InteractionClass['medicines']) => ({ id, medicines }) as InteractionClass
const classes = [classOf('benzodiazepines', [{ ingredient: 'alprazolam', names: ['xanax', 'niravam'] }, { ingredient: 'lorazepam' }]), classOf('maois', [{ ingredient: 'phenelzine' }])] as const
const met = (...taken: ReturnType<typeof named>[]) => interactionsMet(classes, { medications: knownList(taken, ['e1']) }).map(({ interaction, taken: found, entries }) => [interaction.id, found, entries])

test('a medicine belongs to a class by its ingredient, by the ingredient’s name, or by another name of it', () => {
  expect(met(named('Somebody’s tablets', ['alprazolam']))).toEqual([['benzodiazepines', ['Somebody’s tablets'], ['e1']]])
  expect(met(named('Phenelzine 15 mg'))).toEqual([['maois', ['Phenelzine 15 mg'], ['e1']]])
  expect(met(named('Xanax 0.5 mg'), named('Alprazolam'), named('Sertraline'))).toEqual([['benzodiazepines', ['Xanax 0.5 mg', 'Alprazolam'], ['e1', 'e1']]])
  expect(met(named('Sertraline'))).toEqual([])
})

test('a list that nobody made gives none, and the screening says that it is open', () => {
  expect(interactionsMet(classes, { medications: missing('not-asked') })).toEqual([])
})
