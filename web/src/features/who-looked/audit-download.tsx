import { use, useRef } from 'react'
import { ConfirmContext } from '../../lib/confirm.ts'
import { ButtonAnchor } from '../../ui/button.tsx'
import { words } from '../../words/index.ts'

/** The audit as a file. A link cannot ask who is there: whether it has to is looked at before it is followed. */
export function AuditDownload({ from }: { from: string | null | undefined }) {
  const confirm = use(ConfirmContext)
  const isClear = useRef(false)
  const href = `/exports/audit.ndjson?from=${from ?? ''}`
  const follow = async (link: HTMLAnchorElement) => {
    const { status } = await fetch(href, { method: 'HEAD' })
    if (status === 403 && !(await confirm())) return
    isClear.current = true
    link.click()
    isClear.current = false
  }
  return (
    <ButtonAnchor
      look="primary"
      icon="download"
      download
      href={href}
      onClick={(event) => {
        if (isClear.current) return
        event.preventDefault()
        void follow(event.currentTarget)
      }}
    >
      {words.audit.download}
    </ButtonAnchor>
  )
}
