import { describe, expect, test } from 'vitest'
import { takeOver, type MedicineEntry } from './take-over.ts'
import { chart, dosed, draw, drawn, idOf, people, session, stocked, vial, zone, type Name, type Story } from './testing/story.ts'

const at = '2026-11-02T20:00:00.000Z'
const entry = <Kind extends MedicineEntry['kind']>(kind: Kind, body: object, { by = 'mona', ...more }: { by?: Name; entry?: string; session?: string; amends?: string; medication?: string; at?: string } = {}) =>
  ({ kind, body, entry: idOf(890), at, chart, session, ...more, by: people[by] }) as unknown as MedicineEntry
const over = (from: Story, one: MedicineEntry) => takeOver(from.read(), one, { id: idOf(891), receivedAt: at }, zone)
const short = (from: Story, one: MedicineEntry) => {
  const line = over(from, one)
  return line && [line.kind, line.fits, line.quantity, line.of, line.fits ? undefined : (line.body as { why?: string }).why]
}
const drew = (more: object = {}, about: Parameters<typeof entry>[2] = {}) => entry('medicine-drawn.v1', { prepared: idOf(820), from: 'stock', container: vial, lot: 'A1', measure: 'ul', quantity: 1_000, dose: 1_000, ...more }, about)
const gave = (more: object = {}, about: Parameters<typeof entry>[2] = {}) => entry('dose-given.v1', { step: 1, doseUg: 50_000, route: 'IM', order: idOf(840), prepared: idOf(820), confirmed: idOf(841), confirmedBy: people.thea, site: '', selfAdministered: false, ...more }, about)
const poured = (more: object = {}) => entry('medicine-wasted.v1', { container: vial, drawn: idOf(830), measure: 'ul', quantity: 200, how: 'bin', ...more })
const saw = (by: Name, wasted = idOf(832)) => entry('waste-witnessed.v1', { wasted, signature: { person: people[by], name: by, meaning: 'confirmation', method: 'pin', signedAt: at } }, { by })
const left = () => dosed(drawn(stocked(), 1_200), 1_000)
const wasted = () => left().on('wasted', { how: 'bin' }, { id: idOf(23), container: vial, quantity: 200, of: draw, by: 'mona', chart, session, entry: idOf(832) })

describe('what a chart says becomes one line, which fits or is kept as said', () => {
  const rows: [string, Story, MedicineEntry, unknown][] = [
    ['drawn', stocked(), drew(), ['drawn', true, 1_000, undefined, undefined]],
    ['all that is there', stocked(), drew({ quantity: 10_000 }), ['drawn', true, 10_000, undefined, undefined]],
    ['more than is there', stocked(), drew({ quantity: 10_001 }), ['drawn', false, 10_001, undefined, 'below_zero']],
    ['from what was never received', stocked(), drew({ container: idOf(77) }), ['drawn', false, 1_000, undefined, 'container']],
    ['after its last day', stocked({ expires: '2026-11-01' }), drew(), ['drawn', false, 1_000, undefined, 'expired']],
    ['late, on its last day', stocked({ expires: '2026-11-02' }), drew(), ['drawn', true, 1_000, undefined, undefined]],
    ['single use, of another session', drawn(stocked({ singleUse: true })), drew({}, { session: idOf(811) }), ['drawn', false, 1_000, undefined, 'single_use']],
    ['another medicine than was ordered', stocked(), drew({}, { medication: 'esketamine' }), ['drawn', false, 1_000, undefined, 'medicine']],
    ['the medicine that was ordered', stocked(), drew({}, { medication: 'racemic-ketamine' }), ['drawn', true, 1_000, undefined, undefined]],
    ['what the person brought along', stocked(), drew({ from: 'own-supply', container: undefined, quantity: undefined }), undefined],
    ['given', drawn(), gave(), ['given', true, 1_000, draw, undefined]],
    ['given, by the line on the syringe', drawn(stocked({ strengthUg: 33_000 }), 1_210), gave({ doseUg: 40_000 }), ['given', true, 1_210, draw, undefined]],
    ['given: another dose than was drawn for', drawn(), gave({ doseUg: 40_000 }), ['given', true, 800, draw, undefined]],
    ['given: more than was drawn', drawn(), gave({ doseUg: 60_000 }), ['given', false, 1_200, undefined, 'draw']],
    ['given, and nothing was drawn for it', stocked(), gave(), ['given', false, undefined, undefined, 'no-draw']],
    ['given, and what was drawn for it did not fit', stocked().on('drawn', { prepared: idOf(820), why: 'expired' }, { id: draw, container: vial, quantity: 1_000, fits: false, chart, session, entry: idOf(830) }), gave(), ['given', false, undefined, undefined, 'no-draw']],
    ['given twice, by two devices', dosed(drawn(stocked(), 2_000), 1_000), gave(), ['given', false, 1_000, undefined, 'twice']],
    ['a dose put right on its chart', dosed(), gave({ doseUg: 45_000 }, { amends: idOf(831) }), ['given', false, undefined, undefined, 'corrected']],
    ['a dose of lozenges', drawn(stocked({ form: 'lozenge', strengthUg: 100_000 }, 30), 2), gave({ doseUg: 200_000, route: 'SL' }), ['given', true, 2, draw, undefined]],
    ['no whole number of lozenges', drawn(stocked({ form: 'lozenge', strengthUg: 100_000 }, 30), 2), gave({ doseUg: 150_000, route: 'SL' }), ['given', false, undefined, undefined, 'pieces']],
    ['wasted of a draw', left(), poured(), ['wasted', true, 200, draw, undefined]],
    ['wasted: more than was left', left(), poured({ quantity: 201 }), ['wasted', false, 201, undefined, 'draw']],
    ['wasted from the vial', left(), poured({ drawn: undefined }), ['wasted', true, 200, undefined, undefined]],
    ['wasted of a draw that is not known', left(), poured({ drawn: idOf(899) }), ['wasted', false, 200, undefined, 'draw']],
    ['witnessed', wasted(), saw('thea'), ['witnessed', true, undefined, idOf(23), undefined]],
    ['witnessed by who gave it', wasted(), saw('mona'), ['witnessed', false, undefined, undefined, 'witness']],
    ['witnessed: a waste that is not known', left(), saw('thea'), ['witnessed', false, undefined, undefined, 'no-waste']],
  ]
  test.each(rows)('%s', (_, from, one, expected) => expect(short(from, one)).toEqual(expected))

  test('where no ledger was begun, nothing is taken over', () => expect(takeOver({ ...stocked().read(), places: new Map() }, drew(), { id: idOf(1), receivedAt: at }, zone)).toBeUndefined())

  test('it says when it happened and when it came, and never whose it was by name', () => {
    const line = over(stocked(), drew({}, { at: '2026-11-02T18:30:00.000Z' }))!
    expect(line).toMatchObject({ at: '2026-11-02T18:30:00.000Z', receivedAt: at, chart, session, entry: idOf(890), by: people.mona })
  })
})
