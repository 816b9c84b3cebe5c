import { showQuantity } from '../../../../core/ledger/container.ts'
import { Badge, Disclosure, EmptyState, Stack, Table, Tag } from '../../../kit/index.ts'
import { Section } from '../../desk/parts.tsx'
import { plainDay } from '../../times.ts'
import { byLot, placeSays, saysAmount, saysContainer, saysMany, saysWhat, type ContainerRow, type LedgerNow } from './words.ts'

/** What is there, lot by lot, place by place; each vial one tap away. */
export function OnHand({ ledger, zone }: { readonly ledger: LedgerNow; readonly zone: string }) {
  return (
    <Section id="on-hand" title="On hand">
      {ledger.places.map((place) => {
        const here = ledger.containers.filter((one) => one.place === place.id)
        return (
          <Stack key={place.id}>
            <p className="soft">{placeSays(place, zone)}</p>
            {here.length === 0 ? <EmptyState what={`Nothing is in ${place.name}.`} begin="Receive medicine to begin." /> : <Lots containers={here} name={place.name} />}
          </Stack>
        )
      })}
    </Section>
  )
}

function Lots({ containers, name }: { readonly containers: readonly ContainerRow[]; readonly name: string }) {
  const lots = byLot(containers)
  const sum = (boxes: readonly ContainerRow[]) => boxes.reduce((total, { onHand }) => total + onHand, 0)
  return (
    <>
      <Table captionHeard caption={`On hand in ${name}, by lot`} rows={lots} rowKey={({ key }) => key} columns={[
        { key: 'lot', head: 'Lot', cell: ({ label }) => <strong>{label.lot}</strong> },
        { key: 'sum', head: 'On hand', numeric: true, cell: ({ label, boxes }) => saysAmount(sum(boxes), label) },
        { key: 'what', head: 'Medicine', cell: ({ label }) => <>{saysWhat(label)}{label.singleUse && <> <Tag>single use</Tag></>}</> },
        { key: 'expires', head: 'Expires', cell: ({ label, boxes }) => (boxes[0]!.expired ? <Badge level="caution">{`expired ${plainDay(label.expires)}`}</Badge> : plainDay(label.expires)) },
        { key: 'many', head: 'Containers', cell: ({ label, boxes }) => `${saysMany(boxes.length, label.form)}${boxes.some(({ opened }) => opened) ? `, ${boxes.filter(({ opened }) => opened).length} opened` : ''}` },
      ]} />
      <Disclosure summary={`Each container (${containers.length})`}>
        <ul className="p-boxes">
          {containers.map((one) => <li key={one.id}><span>{saysContainer(one)}{one.opened && <> <Tag>opened</Tag></>}</span><span className="numbers">{showQuantity(one.onHand, one.label.form)}</span></li>)}
        </ul>
      </Disclosure>
    </>
  )
}
