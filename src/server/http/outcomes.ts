import { mayRead } from '../../core/access/policy.ts'
import { roles as everyRole } from '../../core/access/roles.ts'
import { choicesOf } from '../../core/outcomes/practice/choices.ts'
import { comparedKept } from '../../core/outcomes/practice/compared.ts'
import { practiceFigures, type FigureRows, type PracticeFigures } from '../../core/outcomes/practice/figures.ts'
import { isIn, type Group } from '../../core/outcomes/practice/small-groups.ts'
import type { Tallies } from '../../core/outcomes/practice/tallies.ts'
import { reporting } from '../../knowledge/outcomes.ts'
import { practiceOutcomes } from '../../knowledge/practice-outcomes.ts'
import { countOutcomes } from '../outcomes.ts'
import { countedTo, readTallies, type CountedTo } from '../store/outcome-tallies.ts'
import { coursesBehind, type Opened } from '../store/outcomes-behind.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

const figureRows: FigureRows = { practice: practiceOutcomes, proportion: reporting.proportion, survival: reporting.survival }
/** Courses that one answer shows. */
const MOST_BEHIND = 200

/** Figures of many people. They are counted by the server in nobody's name; who asks is judged by the policy before. */
export const outcomeHandlers: Handlers<'outcomes' | 'outcomesBehind'> = {
  async outcomes({ query: { beside, ...query } }, here) {
    const { tallies, day, lookedAt: countedAt, waiting } = await countedHere(here)
    const group = groupOf(query)
    return { now: here.now, day, countedAt, waiting, choices: choicesOf(tallies, figureRows), figures: practiceFigures(tallies, group, figureRows), compared: beside === undefined ? null : comparedKept(tallies, group, beside, figureRows) }
  },
  async outcomesBehind({ query: { figure, name, ...asked } }, here) {
    const { tallies, day } = await countedHere(here)
    const group = groupOf(asked)
    const people = peopleIn(practiceFigures(tallies, group, figureRows), figure, name)
    // Where the figure may not be shown, neither may how many stand behind it.
    if (people === null) throw new Problem('outcomes.few')
    const opened = { figure, name, day, year: group.year, cells: tallies.cells.filter((cell) => isIn(cell, group)), person: here.actor.person!, roles: rolesFor(figure), most: MOST_BEHIND }
    const { rows, mine } = await asJob(here.shell, here.actor.practice, (client) => coursesBehind(client, here.actor.practice, opened))
    return { rows, others: Math.max(0, people - mine) }
  },
}

/** How many stand behind a figure; null where that is not said. */
function peopleIn({ measures, kept, events, funnel }: PracticeFigures, figure: Opened['figure'], name: string): number | null {
  if (figure === 'measure') return measures.find(({ instrument }) => instrument === name)?.begun ?? null
  if (figure === 'kept') return kept?.n ?? null
  if (figure === 'event') return events?.find(({ term }) => term === name)?.any.events ?? null
  return funnel.find(({ step }) => step === name)?.people ?? null
}

/** Who reads on a chart what the rows of a figure say of it. */
const rolesFor = (figure: Opened['figure']) => everyRole.filter((role) => mayRead(figure === 'event' ? 'side-effect.v1' : 'measure-answered.v1', [{ relation: 'team', roles: [role] }]))

const groupOf = ({ by, value, year }: { readonly by?: Group['by'] | undefined; readonly value?: string | undefined; readonly year?: string | undefined }): Group =>
  ({ by: by ?? 'all', value: by === undefined || by === 'all' ? '' : (value ?? ''), year: year ?? '' })

interface CountedPractice extends CountedTo { readonly tallies: Tallies }

/** What was read of a practice is kept until something in it is counted anew. */
const remembered = new WeakMap<Here['shell']['database'], Map<string, { readonly revision: string; readonly tallies: Tallies }>>()

/** What the job has counted so far, and as of when; before its first round it is counted here. */
async function countedHere({ shell, actor: { practice } }: Here): Promise<CountedPractice> {
  const read = () => asJob(shell, practice, async (client) => {
    const to = await countedTo(client, practice)
    if (!to) return undefined
    const mine = remembered.get(shell.database) ?? new Map<string, { revision: string; tallies: Tallies }>()
    remembered.set(shell.database, mine)
    const known = mine.get(practice)
    if (known?.revision === to.revision) return { ...to, tallies: known.tallies }
    const tallies = await readTallies(client, practice)
    mine.set(practice, { tallies, revision: to.revision })
    return { ...to, tallies }
  })
  const known = await read()
  if (known) return known
  await countOutcomes(shell, practice)
  return (await read())!
}
