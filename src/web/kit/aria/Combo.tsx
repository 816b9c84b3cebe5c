import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components'
import type { Choice } from '../plain/TextField.tsx'

export interface ComboProps<Value extends string> {
  readonly label: string
  readonly hint?: string | undefined
  readonly problem?: string | undefined
  readonly optional?: boolean
  readonly choices: readonly Choice<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
  /** Takes what is typed although it is on no list; without it only the listed ones count. */
  readonly onFreeText?: (text: string) => void
}

/** One of very many, found by typing: medicines, diagnoses, people. */
export function Combo<Value extends string>({ label, hint, problem, optional = false, choices, value, onChange, onFreeText }: ComboProps<Value>) {
  return (
    <ComboBox
      className="k-field" defaultItems={choices} selectedKey={value} onSelectionChange={(key) => onChange(key as Value | null)} isInvalid={problem !== undefined} isRequired={!optional}
      allowsCustomValue={onFreeText !== undefined} {...(onFreeText && { onInputChange: onFreeText })} menuTrigger="focus"
    >
      <Label className="k-field__label">{label}{optional && <span className="k-field__optional"> (if you like)</span>}</Label>
      {hint && <Text slot="description" className="k-field__hint">{hint}</Text>}
      <div className="k-combo"><Input className="k-input" /><Button className="k-combo__open" /></div>
      <FieldError className="k-field__problem">{problem ?? 'Please choose one.'}</FieldError>
      <Popover className="k-popover">
        <ListBox<Choice<Value>> className="k-choices" renderEmptyState={() => <div className="k-choice">Nothing on the list matches.</div>}>
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className="k-choice" isDisabled={choice.disabled ?? false}>
              <span>{choice.label}</span>
              {choice.hint && <span className="k-choice__hint">{choice.hint}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
