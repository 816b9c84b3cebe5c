import { plusDays, type Instant } from '../../core/shared/time.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { takeOverEntries } from '../http/take-over.ts'
import type { Shell } from '../http/shell.ts'
import { patientPeople, samplePractice, staffPeople as staff, type SamplePerson } from './people.ts'
import { uuidOf, type Telling } from './telling.ts'

const place = uuidOf('sample cupboard')
/** Ten millilitres each, of one lot. */
const vials = [1, 2, 3].map((n) => uuidOf(`sample vial ${n}`))
const old = uuidOf('sample vial of before')
export const sampleLot = 'SAMPLE-2207'
export const sampleStrengthUg = 50_000

/** Which vial somebody's doses were drawn from, so that none is drawn from beyond what it holds. */
export const vialFor = ({ id }: Pick<SamplePerson, 'id'>): string => (id === patientPeople.tomas.id || id === patientPeople.owen.id ? vials[0]! : vials[1]!)

/**
 * The drug ledger of the sample practice, told last and in the order of its days: what was there at the beginning, a
 * delivery, what the sessions drew, an old vial that two people destroyed, two counts. Every dose comes out; the last
 * count does not, by a little more than half a millilitre, and waits for somebody.
 */
export async function tellStock(tell: Telling, shell: Shell, today: Instant): Promise<void> {
  const at = (days: number) => plusDays(today, days)
  const { helen, maya } = staff
  const label = (lot: string, expires: Instant) => ({ medicine: 'racemic-ketamine', form: 'vial', strengthUg: sampleStrengthUg, lot, expires: localDay(expires, samplePractice.zone), singleUse: false } as const)
  const when = (days: number) => { tell.at(at(days)); return at(days) }
  await tell.ask(helen, 'openPlace', { body: { id: place, name: (when(-120), 'Cupboard, Harbor Street'), registration: 'SAMPLE-0000' } })
  await tell.ask(helen, 'receiveStock', { body: { place, at: at(-120), quantity: 3_200, containers: [old], label: { ...label('SAMPLE-2019', at(-90)), source: 'opening-count', supplier: '', paper: '' } } })
  await tell.ask(helen, 'receiveStock', { body: { place, at: when(-118), quantity: 10_000, containers: vials, label: { ...label(sampleLot, at(260)), source: 'manufacturer', supplier: 'Sample Supply Company', paper: 'Delivery note 1180 (sample)' } } })
  const until = async (days: number) => { when(days); await takeOverEntries(shell, samplePractice.id, at(days)) }
  await until(-88)
  const destroyed = tell.id()
  await tell.ask(helen, 'takeStock', { body: { kind: 'destroyed', id: destroyed, container: old, quantity: 3_200, how: 'Into a deactivation cartridge', why: 'Its last day has passed.', paper: 'Form 41 (sample)', at: when(-88) } })
  await tell.ask(maya, 'witnessLine', { params: { line: destroyed }, body: { id: tell.id(), code: await tell.code(maya) } })
  await until(-45)
  await count(tell, at(-45), 0)
  await until(-1)
  await count(tell, at(-1), SHORT_UL)
  await until(0)
}

/** What is missing of the first vial at the last count. */
const SHORT_UL = 600

async function count(tell: Telling, at: Instant, shortUl: number): Promise<void> {
  const { containers } = await tell.ask(staff.helen, 'ledger', {} as never)
  await tell.ask(staff.helen, 'countStock', { body: { id: tell.id(), place, at, counts: containers.map(({ id, onHand }) => ({ id: tell.id(), container: id, expected: onHand, counted: id === vials[0] ? onHand - shortUl : onHand })) } })
}
