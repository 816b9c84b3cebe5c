import type { Superbill } from '../../core/money/superbill.ts'
import { showMoney } from '../../core/shared/units.ts'
import { superbillWords } from '../../knowledge/fees.ts'
import { paper, type Column, type Printed } from './paper.ts'

const lineColumns: readonly Column[] = [
  { title: 'Date', share: 13 }, { title: 'Place', share: 8 }, { title: 'Code', share: 12 }, { title: 'Modifier', share: 10.5 }, { title: 'Service', share: 20.5 },
  { title: 'Diagnosis', share: 11.5 }, { title: 'Units', share: 7.5, align: 'right' }, { title: 'Each', share: 13, align: 'right' }, { title: 'Charge', share: 13, align: 'right' },
]

/** The bill as a page to keep or send on. It prints what the bill holds and looks nothing else up. */
export function superbillPdf(bill: Superbill): Promise<Printed> {
  const page = paper(`Superbill ${bill.number}`, bill.issuedOn)
  page.heading(1, 'Superbill')
  if (bill.demonstration) page.paragraph(superbillWords.demonstration, true)
  page.pairs([['Number', bill.number], ['Date', bill.issuedOn], ['Replaces', bill.replaces ?? '']])
  page.heading(2, 'Patient')
  page.pairs([['Name', bill.patient.name], ['Born', bill.patient.birthDate], ['Address', bill.patient.address]])
  page.heading(2, 'Treated by')
  page.pairs([['Name', `${bill.provider.name}, ${bill.provider.credentials}`], ['Licence', bill.provider.licence], ['NPI', bill.provider.npi], ['Referred by', bill.referredBy ?? '']])
  page.heading(2, 'Practice')
  page.pairs([['Name', bill.practice.name], ['Address', bill.practice.address], ['Phone', bill.practice.phone], ['NPI', bill.practice.npi], ['Tax number', bill.practice.tin]])
  page.heading(2, 'Diagnoses (ICD-10-CM)')
  page.table([{ title: 'Letter', share: 1 }, { title: 'Code', share: 2 }, { title: 'Meaning', share: 9 }], bill.diagnoses.map((one) => [one.letter, one.code, one.says]))
  page.heading(2, 'Services')
  page.table(
    lineColumns,
    bill.lines.map((line) => [line.on, line.placeOfService, line.code, line.modifiers.join(' '), line.service, line.pointers.join(' '), String(line.units), showMoney(line.unitCents), showMoney(line.chargeCents)]),
    [total('Total', bill.totalCents), total('Paid', bill.paidCents), total(bill.paidInFull ? 'Paid in full' : 'Still open', Math.max(0, bill.balanceCents))],
  )
  page.gap()
  page.paragraph(bill.signedBy ? `Signed by ${bill.signedBy.name} on ${bill.signedBy.on}.` : 'Signature of the provider: ____________________________')
  page.paragraph(superbillWords.ask)
  return page.finish()
}

const total = (label: string, cents: number): string[] => ['', '', '', '', label, '', '', '', showMoney(cents)]
