import { Link } from 'react-router'
import { Empty } from '../ui/empty.tsx'
import { Page } from '../ui/page.tsx'
import { words } from '../words/index.ts'

/** Says the same for a page that does not exist and for one of another role. */
export function NotFound() {
  return (
    <Page title={words.problems.noPage} tab={words.problems.noPage}>
      <Empty title={words.problems.noPageWhy} action={<Link to="/">{words.actions.goHome}</Link>}>
        {words.problems.noPageAdvice}
      </Empty>
    </Page>
  )
}
