import { Component, type ReactNode } from 'react'
import { localErrorId } from '../lib/problem.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { words } from '../words/index.ts'

/** A fault in the page itself: words, a way out, and an id that also stands in the console beside the error. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { id: string | null }> {
  override state: { id: string | null } = { id: null }

  static getDerivedStateFromError(): { id: string } {
    return { id: localErrorId() }
  }

  override componentDidCatch(error: unknown): void {
    reportError(new Error(`Error ${this.state.id}`, { cause: error }))
  }

  override render(): ReactNode {
    return this.state.id === null ? this.props.children : <Broken id={this.state.id} />
  }
}

export function Broken({ id }: { id: string }) {
  return (
    <div style={{ padding: 24 }}>
      <Notice
        tone="bad"
        title={words.problems.broken}
        urgent
        action={<Button onClick={() => location.reload()}>{words.actions.reload}</Button>}
      >
        {words.problems.brokenAdvice} {words.problems.quote(id)}
      </Notice>
    </div>
  )
}
