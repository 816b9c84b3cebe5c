import { useEffect, useRef } from 'react'

/** The heading of a form that took a list's place: the focus comes here, since the row that was pressed is gone. */
export function FormTitle({ children }: { readonly children: string }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => { title.current?.focus() }, [])
  return <h2 ref={title} tabIndex={-1} className="p-form__title">{children}</h2>
}
