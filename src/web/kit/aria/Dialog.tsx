import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

export interface DialogProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  /** `bottom` rises from the edge where the thumb is. */
  readonly from?: 'middle' | 'bottom'
  /** Has to be answered: neither Escape nor a press beside it closes it. */
  readonly binding?: boolean
  readonly children: ReactNode
  /** The buttons, the safe one first. */
  readonly end?: ReactNode
}

/** One question in front of everything else. Holds the focus, and gives it back where it was. */
export function Dialog({ open, title, onClose, from = 'middle', binding = false, children, end }: DialogProps) {
  return (
    <ModalOverlay
      className={from === 'bottom' ? 'k-underlay k-underlay--bottom' : 'k-underlay'} isOpen={open} isDismissable={!binding} isKeyboardDismissDisabled={binding}
      onOpenChange={(next) => { if (!next) onClose() }}
    >
      <Modal className="k-dialog">
        <AriaDialog className="k-dialog__in" role={binding ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>{title}</Heading>
          {children}
          {end && <div className="k-dialog__end">{end}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
