import type { EstimateDocument } from '../../core/money/estimate-document.ts'
import { showMoney } from '../../core/shared/units.ts'
import { superbillWords } from '../../knowledge/fees.ts'
import { paper, type Column, type Printed } from './paper.ts'

const columns: readonly Column[] = [
  { title: 'Service', share: 30 }, { title: 'Code', share: 12 }, { title: 'Visits', share: 8, align: 'right' }, { title: 'Units', share: 8, align: 'right' },
  { title: 'Each', share: 12, align: 'right' }, { title: 'Expected charge', share: 16, align: 'right' },
]

/** The estimate of a whole course, before it begins. */
export function estimatePdf(document: EstimateDocument): Promise<Printed> {
  const { estimate, patient, practice, providers, diagnoses } = document
  const page = paper(`Good faith estimate ${document.number}`, document.issuedOn)
  page.heading(1, 'Good faith estimate')
  if (practice.sample) page.paragraph(superbillWords.demonstration, true)
  page.pairs([['Number', document.number], ['Date', document.issuedOn], ['Course', document.course], ['First visit', document.firstOn ?? '']])
  page.heading(2, 'Patient')
  page.pairs([['Name', patient.name], ['Born', patient.birthDate], ['Diagnosis codes', diagnoses.length > 0 ? diagnoses.map((one) => `${one.code} (${one.says})`).join(', ') : 'not settled before the first visit']])
  page.heading(2, 'Who treats, and where')
  page.pairs([['Practice', practice.name], ['Address', practice.address], ['Phone', practice.phone], ['NPI', practice.npi], ['Tax number', practice.tin]])
  for (const provider of providers) page.pairs([['Provider', `${provider.name}, ${provider.credentials}, NPI ${provider.npi}`]])
  page.heading(2, 'What we expect')
  page.table(
    columns,
    estimate.lines.map((line) => [line.service, line.code, String(line.visits), String(line.units), showMoney(line.unitCents), showMoney(line.chargeCents)]),
    [['Total', '', '', '', '', showMoney(estimate.totalCents)]],
  )
  if (estimate.separate.length > 0) {
    page.heading(2, 'Arranged separately')
    page.table(
      columns,
      estimate.separate.map((line) => [line.service, line.code, String(line.visits), String(line.units), '', line.chargeCents === null ? 'ask them' : showMoney(line.chargeCents)]),
    )
  }
  page.heading(2, 'What this means')
  for (const sentence of document.sentences) page.paragraph(sentence)
  return page.finish()
}
