import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'

/** Home of a practice whose agreements are not signed, for those who cannot sign them. */
export function Component() {
  return (
    <Page title={words.home.title} tab={words.home.title}>
      <Notice tone="warn" title={words.agreements.waiting}>
        {words.agreements.waitingOthers}
      </Notice>
    </Page>
  )
}
