import { mayRead } from '../../core/access/policy.ts'
import { roles as everyRole } from '../../core/access/roles.ts'
import { practiceFigures, type FigureRows } from '../../core/outcomes/practice/figures.ts'
import { choicesOf } from '../../core/outcomes/practice/choices.ts'
import { isIn, type Group } from '../../core/outcomes/practice/small-groups.ts'
import type { Tallies } from '../../core/outcomes/practice/tallies.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { reporting } from '../../knowledge/outcomes.ts'
import { practiceOutcomes } from '../../knowledge/practice-outcomes.ts'
import { countedRules, countOutcomes } from '../outcomes.ts'
import { chartsWaiting, countedRevision, coursesBehind, readTallies } from '../store/outcomes.ts'
import { practiceRow } from '../store/practice.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

const figureRows: FigureRows = { practice: practiceOutcomes, proportion: reporting.proportion, survival: reporting.survival }
/** Charts counted while somebody waits; the others are counted by the job. */
export const MOST_WAITING = 20
/** Courses that one answer shows. */
const MOST_BEHIND = 200

/** Figures of many people. They are counted by the server in nobody's name; who asks is judged by the policy before. */
export const outcomeHandlers: Handlers<'outcomes' | 'outcomesBehind'> = {
  async outcomes({ query }, here) {
    const counted = await countedHere(here)
    const group = groupOf(query)
    return { now: here.now, today: counted.today, waiting: counted.waiting, choices: choicesOf(counted.tallies, figureRows), figures: practiceFigures(counted.tallies, group, figureRows) }
  },
  async outcomesBehind({ query: { instrument, ...asked } }, here) {
    const { tallies, today } = await countedHere(here)
    const group = groupOf(asked)
    const figure = practiceFigures(tallies, group, figureRows).measures.find((one) => one.instrument === instrument)
    // Where the figure may not be shown, neither may how many stand behind it.
    if (!figure || figure.begun === null) throw new Problem('outcomes.few')
    const roles = everyRole.filter((role) => mayRead('measure-answered.v1', [{ relation: 'team', roles: [role] }]))
    return asJob(here.shell, here.actor.practice, (client) => coursesBehind(client, here.actor.practice, { person: here.actor.person!, roles, instrument, cells: tallies.cells.filter((cell) => isIn(cell, group)), today, most: MOST_BEHIND }))
  },
}

const groupOf = ({ by, value, year }: { readonly by?: Group['by'] | undefined; readonly value?: string | undefined; readonly year?: string | undefined }): Group =>
  ({ by: by ?? 'all', value: by === undefined || by === 'all' ? '' : (value ?? ''), year: year ?? '' })

interface CountedPractice {
  readonly tallies: Tallies
  readonly today: string
  /** Charts that changed and are not counted yet. */
  readonly waiting: number
}
interface Remembered extends Pick<CountedPractice, 'tallies' | 'today'> { readonly revision: string }

/** The last counting of a practice is kept until a chart of it is counted anew, or the day changes. */
const remembered = new WeakMap<Here['shell']['database'], Map<string, Remembered>>()

async function countedHere(here: Here): Promise<CountedPractice> {
  const { shell, actor: { practice } } = here
  const { zone } = await practiceRow(here)
  const today = localDay(here.now, zone)
  const isBehind = (await countOutcomes(shell, practice, MOST_WAITING)) === MOST_WAITING
  return asJob(shell, practice, async (client) => {
    const waiting = isBehind ? await chartsWaiting(client, practice, await countedRules(client, practice)) : 0
    const revision = await countedRevision(client, practice)
    const mine = remembered.get(shell.database) ?? new Map<string, Remembered>()
    remembered.set(shell.database, mine)
    const known = mine.get(practice)
    if (known && known.revision === revision && known.today === today) return { ...known, waiting }
    const tallies = await readTallies(client, practice, today)
    mine.set(practice, { tallies, today, revision })
    return { tallies, today, waiting }
  })
}
