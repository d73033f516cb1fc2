import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { words } from '../words/index.ts'

/** A role whose pages are still to come: said in words, with whom to ask, instead of pages that would refuse. */
export function NoHome() {
  return (
    <Page title={words.problems.noHome} tab={words.problems.noHome}>
      <Notice title={words.problems.noHome}>{words.problems.noHomeAdvice}</Notice>
    </Page>
  )
}
