import type { BodyOf } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import { amountUg, quantityOf, showQuantity } from './container.ts'
import { refusalOf } from './laws.ts'
import type { DrawNow, LedgerNow } from './ledger.ts'
import type { LineDraft } from './line.ts'

/** What the ledger takes over from charts. Each of these becomes one line, once. */
export const medicineKinds = ['medicine-drawn.v1', 'dose-given.v1', 'medicine-wasted.v1', 'waste-witnessed.v1'] as const
export type MedicineKind = (typeof medicineKinds)[number]

interface From<Kind extends MedicineKind> {
  readonly kind: Kind
  readonly body: BodyOf<Kind>
  readonly entry: string
  readonly at: Instant
  readonly by: string
  readonly chart: string
  readonly session?: string | undefined
  readonly amends?: string | undefined
  /** What was ordered, as the order on the chart names it. */
  readonly medication?: string | undefined
}
export type MedicineEntry = { [Kind in MedicineKind]: From<Kind> }[MedicineKind]

/**
 * The line that an entry of a chart becomes. It happened, so it is never refused: what this ledger does not bear out is
 * kept as said, moves nothing, and is a difference from then on. Answers nothing for what is no stock of the practice.
 */
export function takeOver(ledger: LedgerNow, entry: MedicineEntry, made: { readonly id: string; readonly receivedAt: Instant }, zone: string): LineDraft | undefined {
  const [first] = ledger.places.keys()
  if (first === undefined) return undefined
  const base = { id: made.id, receivedAt: made.receivedAt, at: entry.at, by: entry.by, place: first, chart: entry.chart, session: entry.session, entry: entry.entry }
  const said = lineOf(ledger, entry, base)
  if (!said) return undefined
  if (!said.fits) return said
  const refused = refusalOf(ledger, said, zone)
  return refused ? unfit(said, refused.code) : said
}

type Base = Pick<LineDraft, 'id' | 'receivedAt' | 'at' | 'by' | 'place' | 'chart' | 'session' | 'entry'>

function lineOf(ledger: LedgerNow, entry: MedicineEntry, base: Base): LineDraft | undefined {
  switch (entry.kind) {
    case 'medicine-drawn.v1': return drawn(ledger, entry, base)
    case 'dose-given.v1': return given(ledger, entry, base)
    case 'medicine-wasted.v1': return wasted(ledger, entry, base)
    case 'waste-witnessed.v1': {
      const about = ledger.takenOver(entry.chart, entry.body.wasted)
      const { name, method } = entry.body.signature
      const line = { ...base, kind: 'witnessed', of: about?.id, place: about?.place ?? base.place, fits: true, body: { name, method } } as const
      return about?.kind === 'wasted' && about.fits ? line : unfit({ ...line, of: undefined }, 'no-waste')
    }
  }
}

function drawn({ containers }: LedgerNow, { body, medication }: From<'medicine-drawn.v1'>, base: Base): LineDraft | undefined {
  if (body.from === 'own-supply') return undefined
  const box = body.container === undefined ? undefined : containers.get(body.container)
  const said = `lot ${body.lot || 'not named'}${box && body.quantity !== undefined ? `, ${showQuantity(body.quantity, box.label.form)}` : ''}`
  const line = { ...base, kind: 'drawn', place: box?.place ?? base.place, container: box?.id, quantity: body.quantity, fits: true, body: { prepared: body.prepared, said, ...(body.dose !== undefined && { dose: body.dose }) } } as const
  if (!box) return unfit(line, 'container')
  return medication !== undefined && medication !== box.label.medicine ? unfit(line, 'medicine') : line
}

function given({ draws, containers, takenOver }: LedgerNow, { body, amends }: From<'dose-given.v1'>, base: Base): LineDraft {
  const { prepared, order, route, doseUg } = body
  const line = { ...base, kind: 'given', fits: true, body: { prepared, order, route, doseUg, said: `${doseUg / 1_000} mg ${route}, step ${body.step}` } } as const
  if (amends !== undefined && takenOver(base.chart!, amends)) return unfit(line, 'corrected')
  const draw = [...draws.values()].findLast((one) => one.line.body.prepared === prepared && one.line.chart === base.chart)
  if (!draw) return unfit(line, 'no-draw')
  const box = containers.get(draw.line.container!)!
  const quantity = quantityGiven(draw, doseUg, box.label)
  const of = { ...line, of: draw.line.id, place: box.place, container: box.id }
  return quantity === undefined ? unfit(of, 'pieces') : { ...of, quantity }
}

/** What the syringe showed is what was given, as long as it is the dose by the line on the syringe; else the dose counts. */
function quantityGiven({ line }: DrawNow, doseUg: number, label: Parameters<typeof amountUg>[1]): number | undefined {
  const { dose } = line.body
  const exact = quantityOf(doseUg, label)
  return dose !== undefined && exact !== undefined && Math.abs(dose - exact) <= (label.form === 'vial' ? SYRINGE_LINE_UL : 0) ? dose : exact
}
/** A syringe shows hundredths of a millilitre. */
const SYRINGE_LINE_UL = 10

function wasted({ takenOver, containers }: LedgerNow, { body }: From<'medicine-wasted.v1'>, base: Base): LineDraft {
  const box = containers.get(body.container)
  const draw = body.drawn === undefined ? undefined : takenOver(base.chart!, body.drawn)
  const line = { ...base, kind: 'wasted', place: box?.place ?? base.place, container: box?.id, quantity: body.quantity, of: draw?.fits ? draw.id : undefined, fits: true, body: { how: body.how } } as const
  if (!box) return unfit(line, 'container')
  return body.drawn !== undefined && !draw?.fits ? unfit(line, 'draw') : line
}

function unfit(line: LineDraft, why: string): LineDraft {
  const { of: _, ...kept } = line
  return { ...kept, fits: false, body: { ...line.body, why } } as LineDraft
}
