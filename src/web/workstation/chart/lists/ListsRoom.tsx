import type { ReactNode } from 'react'
import type { EntryKind } from '../../../../core/chart/kinds.ts'
import type { Entry, EntryOf } from '../../../../core/chart/entry.ts'
import { screeningLimits } from '../../../../knowledge/eligibility.ts'
import { Button, Disclosure, Notice, Table } from '../../../kit/index.ts'
import { allergiesOf, conditionsOf, listInWords, medicinesOf, namesOn, reviewOf, type ListName } from '../beside/standing.ts'
import { useOpenChart } from '../open-chart.ts'
import { ActLine, useAct } from '../parts/act.tsx'
import { Part, Room, When } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { AllergyForm } from './AllergyForm.tsx'
import { isRead } from './codes.ts'
import { ConditionForm } from './ConditionForm.tsx'
import { MedicineForm } from './MedicineForm.tsx'

/** Conditions, medicines and allergies: what the rules read. "None" has to be said, and is never assumed. */
export function ListsRoom() {
  return (
    <Room title="Conditions, medicines, allergies" says="An empty list says nothing. When you have gone through one with the person, say so, also when there is nothing on it.">
      <Medicines />
      <Allergies />
      <Conditions />
    </Room>
  )
}

function Medicines() {
  const { chart } = useOpenChart()
  const rows = medicinesOf(chart)
  const unread = rows.filter(({ body }) => body.status === 'active' && body.codes.length === 0 && !isRead(body.name))
  return (
    <Part title="Medicines">
      {unread.length > 0 && <Notice level="caution" what={`No rule can read ${unread.map(({ body }) => `“${body.name}”`).join(' or ')}.`} next="Correct the name to its ingredient, or add a code. Until then the screening stays incomplete." />}
      <ItemTable
        what="Medicines" rows={rows} name={({ body }) => body.name} isOn={({ body }) => body.status === 'active'}
        about={({ body }) => [body.dosage, body.startedOn && `since ${body.startedOn}`, body.status === 'stopped' && `stopped${body.stoppedOn ? ` ${body.stoppedOn}` : ''}`].filter(Boolean).join(' · ')} code={({ body }) => body.codes}
      />
      <Reviewed list="medications" />
      <Adding what="Add a medicine" kind="medication.v1"><MedicineForm /></Adding>
    </Part>
  )
}

function Allergies() {
  const { chart } = useOpenChart()
  return (
    <Part title="Allergies">
      <ItemTable what="Allergies" rows={allergiesOf(chart)} name={({ body }) => body.substance} isOn={({ body }) => body.status === 'active'} about={({ body }) => [body.reaction, body.status === 'refuted' && 'found not to be one'].filter(Boolean).join(' · ')} code={({ body }) => body.codes} />
      <Reviewed list="allergies" />
      <Adding what="Add an allergy" kind="allergy.v1"><AllergyForm /></Adding>
    </Part>
  )
}

function Conditions() {
  const { chart } = useOpenChart()
  const rows = conditionsOf(chart)
  const uncoded = rows.filter(({ body }) => body.category !== 'surgery' && !body.codes.some(({ system }) => system === screeningLimits.codeSystems.icd10cm))
  return (
    <Part title="Conditions, surgeries, genetic disorders">
      {uncoded.length > 0 && <Notice level="caution" what={`Without an ICD-10-CM code no rule can read ${uncoded.map(({ body }) => `“${body.name}”`).join(' or ')}.`} next="Correct it and add the code." />}
      <ItemTable what="Conditions" rows={rows} name={({ body }) => body.name} isOn={({ body }) => body.status !== 'resolved'} about={({ body }) => [categoryWords[body.category], body.status === 'active' ? '' : body.status, body.onset && `since ${body.onset}`].filter(Boolean).join(' · ')} code={({ body }) => body.codes} />
      <Reviewed list="conditions" />
      <Reviewed list="surgeries" />
      <Reviewed list="genetic" />
      <Adding what="Add a condition, a surgery or a genetic disorder" kind="condition.v1"><ConditionForm /></Adding>
    </Part>
  )
}

const categoryWords: Record<EntryOf<'condition.v1'>['body']['category'], string> = { problem: 'condition', surgery: 'surgery', genetic: 'genetic disorder', indication: 'indication' }

/** A form that opens when it is wanted, and by itself where something of its kind is being corrected. */
function Adding({ what, kind, children }: { readonly what: string; readonly kind: EntryKind; readonly children: ReactNode }) {
  const { mayWrite, place, chart } = useOpenChart()
  const correcting = place.amends !== undefined && chart.entry(place.amends)?.kind === kind
  return mayWrite(kind) ? <Disclosure key={String(correcting)} open={correcting} summary={what}>{children}</Disclosure> : null
}

interface ItemTableProps<Row extends Entry> {
  readonly what: string
  readonly rows: readonly Row[]
  readonly name: (row: Row) => string
  readonly isOn: (row: Row) => boolean
  readonly about: (row: Row) => string
  readonly code: (row: Row) => readonly { readonly code: string }[]
}

function ItemTable<Row extends Entry>({ what, rows, name, isOn, about, code }: ItemTableProps<Row>) {
  const { used, mayWrite } = useOpenChart()
  const sorted = rows.toSorted((a, b) => Number(isOn(b)) - Number(isOn(a)) || name(a).localeCompare(name(b)))
  const columns = [
    { key: 'name', head: 'Name', cell: (row: Row) => (isOn(row) ? name(row) : <span className="soft">{name(row)}</span>) },
    { key: 'about', head: 'More', cell: (row: Row) => about(row) || '–' },
    { key: 'code', head: 'Code', cell: (row: Row) => (code(row).length > 0 ? <span className="numbers">{code(row).map((one) => one.code).join(', ')}</span> : <span className="soft">no code</span>) },
    { key: 'since', head: 'Written', cell: (row: Row) => <><When at={row.at} />{used.kept(row.id) === 'saved' ? '' : ` · ${used.kept(row.id)}`}</> },
    { key: 'act', head: <span className="heard">Correct</span>, cell: (row: Row) => (mayWrite(row.kind) ? <RoomLink step="lists" amends={row.id} label={`Correct ${name(row)}`}>correct</RoomLink> : '') },
  ]
  return rows.length === 0 ? <p className="soft">Nothing is on this list.</p> : <Table caption={`List: ${what.toLowerCase()}`} captionHeard columns={columns} rows={sorted} rowKey={(row) => row.id} />
}

const listWords: Record<ListName, string> = { medications: 'medicines', allergies: 'allergies', conditions: 'conditions', surgeries: 'surgeries', genetic: 'genetic disorders' }

/** Whether a list was gone through, and the one tap that says so: "none" where it is empty, "complete" where it is not. */
function Reviewed({ list }: { readonly list: ListName }) {
  const { chart, used, mayWrite } = useOpenChart()
  const act = useAct()
  const review = reviewOf(chart, list)
  const isEmpty = namesOn(chart, list).length === 0
  const words = listWords[list]
  return (
    <div className="c-reviewed">
      <span>{review ? <>Gone through <When at={review.at} />{review.body.none ? `: none` : ''}.</> : `Nobody has gone through the ${words} yet.`}{review?.body.none && !isEmpty ? ' Since then something was added.' : ''} {(list === 'surgeries' || list === 'genetic') && namesOn(chart, list).length > 0 ? listInWords(chart, list).says : ''}</span>
      {mayWrite('list-reviewed.v1') && <Button kind="quiet" pending={act.pending} onClick={() => void act.run(() => used.write('list-reviewed.v1', { list, none: isEmpty }))}>{isEmpty ? `There are none: ${words}` : `Gone through and complete: ${words}`}</Button>}
      <ActLine act={act} said="The list counts as gone through." />
    </div>
  )
}
