import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'

export interface TabsProps<Id extends string> {
  readonly label: string
  readonly tabs: readonly { readonly id: Id; readonly label: ReactNode; readonly panel: ReactNode }[]
  readonly selected?: Id
  readonly onSelect?: (id: Id) => void
}

/** A few views of one thing; arrows move between them. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect }: TabsProps<Id>) {
  return (
    <AriaTabs className="k-tabs" {...(selected !== undefined && { selectedKey: selected })} {...(onSelect && { onSelectionChange: (key) => onSelect(key as Id) })}>
      <TabList className="k-tabs__list" aria-label={label}>{tabs.map((tab) => <Tab key={tab.id} id={tab.id} className="k-tabs__tab">{tab.label}</Tab>)}</TabList>
      {tabs.map((tab) => <TabPanel key={tab.id} id={tab.id} className="k-tabs__panel">{tab.panel}</TabPanel>)}
    </AriaTabs>
  )
}
