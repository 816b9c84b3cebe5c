import { quantityOf, showContainer, showQuantity, showStrengthOf } from '../../../../core/ledger/container.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Checkbox, Select, TextField } from '../../../kit/index.ts'
import { takenByPerson } from '../dose.ts'
import { fitting, type HeldContainer, type HeldStock } from '../stock.ts'

/** Where a dose comes from: a container of the practice, the person's own medicine, or a lot that somebody types. */
export type Source = { readonly from: 'stock'; readonly box: HeldContainer } | { readonly from: 'own-supply' } | { readonly from: 'typed' }
const TYPED = 'typed'
const OWN = 'own-supply'

interface Props {
  readonly stock: HeldStock | undefined
  readonly order: Pick<BodyOf<'order.v1'>, 'medication' | 'route'>
  readonly chosen: string | null
  readonly onChoose: (chosen: string | null) => void
  readonly lot: string
  readonly onLot: (lot: string) => void
  readonly problem: string | undefined
}

/** The open lots of this practice, so that nobody types what stands in the ledger. Where this device holds none, the lot is typed as before. */
export function SourceField({ stock, order, chosen, onChoose, lot, onLot, problem }: Props) {
  const boxes = fitting(stock, order)
  const own = takenByPerson(order.route)
  const asked = boxes.length > 0
  const choices = [
    ...boxes.map(({ id, label, onHand, opened }) => ({ value: id, label: `${showContainer(label)}: ${showStrengthOf(label)}, ${showQuantity(onHand, label.form)} left${opened ? ', opened' : ''}` })),
    ...(own ? [{ value: OWN, label: 'The person’s own medicine' }] : []), { value: TYPED, label: 'Another lot, typed by hand' },
  ]
  return (
    <>
      {asked && <Select label="Drawn from" empty="Choose what it comes from" choices={choices} value={chosen} onChange={onChoose} problem={problem} />}
      {!asked && own && <Checkbox label="It is the person’s own medicine" checked={chosen === OWN} onChange={(is) => onChoose(is ? OWN : null)} />}
      {(!asked || chosen === TYPED || chosen === OWN) && <TextField label="Lot" optional value={lot} onChange={onLot} maxLength={60} {...(chosen === TYPED && { hint: 'What is not in the ledger shows there as a difference until it is explained.' })} />}
    </>
  )
}

/** What was chosen; undefined while nothing is, where something has to be. */
export function sourceOf(stock: HeldStock | undefined, order: Props['order'], chosen: string | null): Source | undefined {
  const boxes = fitting(stock, order)
  if (chosen === OWN) return { from: 'own-supply' }
  if (boxes.length === 0 || chosen === TYPED) return { from: 'typed' }
  const box = boxes.find(({ id }) => id === chosen)
  return box && { from: 'stock', box }
}

/** What the ledger hears of it: the draw for this preparation, or nothing where somebody typed a lot. Refused as words, where no whole number of pieces is the dose. */
export function drawOf(source: Source, prepared: string, doseUg: number, volume: number | undefined, lot: string): BodyOf<'medicine-drawn.v1'> | undefined | { readonly problem: string } {
  if (source.from === 'typed') return undefined
  if (source.from === 'own-supply') return { prepared, from: 'own-supply', lot, measure: 'piece' }
  const { label, id } = source.box
  const quantity = label.form === 'vial' && volume !== undefined ? volume : quantityOf(doseUg, label)
  if (quantity === undefined || quantity < 1) return { problem: `This dose is no whole number of pieces of ${showStrengthOf(label)}. Choose another container, or type the lot.` }
  return { prepared, from: 'stock', container: id, lot: label.lot, measure: label.form === 'vial' ? 'ul' : 'piece', quantity, dose: quantity }
}
