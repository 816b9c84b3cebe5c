import { GENESIS } from '../../chart/digest.ts'
import { plusMinutes } from '../../shared/time.ts'
import type { ContainerBody } from '../container.ts'
import { readLedger } from '../ledger.ts'
import type { Line, LineDraft } from '../line.ts'

export const zone = 'America/Los_Angeles'
export const start = '2026-11-02T17:00:00.000Z'
/** Ids that can be read: every one stays a UUID. */
export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const people = { pia: idOf(901), mona: idOf(902), thea: idOf(903) } as const
export type Name = keyof typeof people
export const cupboard = idOf(1)
export const chart = idOf(800)
export const session = idOf(810)

export const label = (more: Partial<ContainerBody> = {}): ContainerBody => ({ medicine: 'racemic-ketamine', form: 'vial', strengthUg: 50_000, lot: 'A1', expires: '2027-06-30', number: 1, singleUse: false, source: 'manufacturer', supplier: 'Sample Supply', paper: 'note 1', ...more })

type Kind = LineDraft['kind']
type BodyOf<K extends Kind> = Extract<LineDraft, { kind: K }>['body']

/** A ledger told line by line, a minute apart. Nothing is judged on the way: a story may break a law. */
export function story(lines: readonly Line[] = []) {
  const told = {
    lines,
    at: plusMinutes(start, lines.length),
    /** The ledger so far. */
    read: () => readLedger(lines, zone),
    draft<K extends Kind>(kind: K, body: BodyOf<K>, { by = 'pia', ...more }: Partial<Omit<LineDraft, 'kind' | 'body' | 'by'>> & { by?: Name } = {}): LineDraft {
      const id = more.id ?? idOf(1_000 + lines.length)
      return { id, at: told.at, receivedAt: told.at, place: cupboard, fits: true, ...more, kind, body, by: people[by] } as unknown as LineDraft
    },
    on<K extends Kind>(kind: K, body: BodyOf<K>, more: Partial<Omit<LineDraft, 'kind' | 'body' | 'by'>> & { by?: Name } = {}) {
      return story([...lines, { ...told.draft(kind, body, more), seq: lines.length + 1, digest: GENESIS } as Line])
    },
  }
  return told
}
export type Story = ReturnType<typeof story>

export const vial = idOf(11)
/** A named place, and one vial of 10 mL in it. */
export const stocked = (more: Partial<ContainerBody> = {}, quantity = 10_000): Story => story().on('place', { name: 'Cupboard', registration: 'XS0000000' }, { id: cupboard, place: cupboard }).on('received', label(more), { id: vial, container: vial, quantity })
export const draw = idOf(21)
/** So much drawn for a dose by Mona, from a chart. */
export const drawn = (from: Story = stocked(), quantity = 1_000): Story => from.on('drawn', { prepared: idOf(820), dose: quantity }, { id: draw, container: vial, quantity, by: 'mona', chart, session, entry: idOf(830) })
export const dosed = (from: Story = drawn(), quantity = 1_000): Story => from.on('given', { prepared: idOf(820), order: idOf(840), doseUg: quantity * 50, route: 'IM' }, { id: idOf(22), container: vial, quantity, of: draw, by: 'mona', chart, session, entry: idOf(831) })
