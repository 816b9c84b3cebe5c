import type { ReactNode } from 'react'
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { buttonClass } from '../plain/Button.tsx'

export interface MenuProps<Id extends string> {
  /** What the button says. */
  readonly label: ReactNode
  readonly items: readonly { readonly id: Id; readonly label: string; readonly disabled?: boolean }[]
  readonly onAct: (id: Id) => void
}

/** The few other things that can be done here. Never the only way to something that matters. */
export function Menu<Id extends string>({ label, items, onAct }: MenuProps<Id>) {
  return (
    <MenuTrigger>
      <Button className={buttonClass('quiet')}>{label}</Button>
      <Popover className="k-popover">
        <AriaMenu className="k-choices" onAction={(key) => onAct(key as Id)}>
          {items.map((item) => <MenuItem key={item.id} id={item.id} className="k-choice" isDisabled={item.disabled ?? false}>{item.label}</MenuItem>)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
