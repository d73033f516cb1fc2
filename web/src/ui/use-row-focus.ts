import { type RefObject, useEffect, useRef } from 'react'

type Table = {
  scroller: RefObject<HTMLElement | null>
  /** Draws a row that is far away; the focus waits for it. */
  bring: (index: number) => void
  /** The row open beside the table, or -1; and whether something is open at all, listed or not. */
  openIndex: number
  isOpen: boolean
}

/** Moves the focus between rows, and back to a row when what stood open beside the table is closed. */
export function useRowFocus({ scroller, bring, openIndex, isOpen }: Table): (index: number) => void {
  const wanted = useRef<number | null>(null)
  const tryFocus = () => {
    const link = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"] a`)
    if (!link) return
    wanted.current = null
    link.focus()
  }
  useEffect(tryFocus)

  const focusRow = (index: number) => {
    wanted.current = index
    bring(index)
    tryFocus()
  }

  const lastOpen = useRef(-1)
  useEffect(() => {
    if (openIndex >= 0) lastOpen.current = openIndex
    else if (!isOpen && lastOpen.current >= 0) {
      if (document.activeElement === document.body) focusRow(lastOpen.current)
      lastOpen.current = -1
    }
  })
  return focusRow
}
