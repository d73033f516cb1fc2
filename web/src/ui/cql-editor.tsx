import { autocompletion, type Completion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { forceLinting, linter, lintGutter, lintKeymap } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import { cqlKeywords, cqlTokens } from '../lib/cql-language.ts'
import styles from './cql-editor.module.css'

export type CqlProblem = { line: number; column: number; message: string }

const LOOK = EditorView.theme({
  '&': { fontSize: '13px', color: 'var(--ink)', backgroundColor: 'var(--surface)', height: '100%' },
  '.cm-content': { fontFamily: 'ui-monospace, monospace', caretColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--page)', color: 'var(--ink-soft)', borderInlineEnd: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--line-strong)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--bad)', backgroundImage: 'none' },
  '.cm-diagnostic-error': { borderInlineStart: '4px solid var(--bad)' },
})
const COLORS = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: tags.special(tags.string), color: 'var(--ink)', fontWeight: '600' },
  { tag: tags.number, color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
])

/** Writing rests so long before it is checked. */
const PAUSE_MS = 600

type Properties = {
  label: string
  value: string
  onChange: (text: string) => void
  /** Everything wrong with a text, by place. */
  check: (text: string) => Promise<readonly CqlProblem[]>
  /** Names that a text can use beside its own. */
  names: readonly Completion[]
}

/**
 * An editor of CQL: keywords and names in color and completed, mistakes underlined at their place. It stands in a shadow root, where its
 * styles are constructed sheets: the content policy lets nobody put styles into the page.
 */
export function CqlEditor({ label, value, onChange, check, names }: Properties) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const now = useRef({ onChange, check, names })
  now.current = { onChange, check, names }
  useEffect(() => {
    const element = host.current
    if (!element) return
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const problemsIn = async ({ state }: EditorView) => {
      const problems = await now.current.check(state.doc.toString())
      return problems.map(({ line, column, message }) => {
        const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines))
        const from = Math.min(at.from + Math.max(column - 1, 0), at.to)
        const word = /^(?:"[^"]*"|'[^']*'|[\w.]+|.)/.exec(state.sliceDoc(from, at.to))
        return { from, to: Math.min(from + (word?.[0].length ?? 1), state.doc.length), severity: 'error' as const, message }
      })
    }
    const made = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          bracketMatching(),
          StreamLanguage.define(cqlTokens),
          syntaxHighlighting(COLORS),
          autocompletion({ override: [(context) => completions(context, now.current.names)] }),
          lintGutter(),
          linter(problemsIn, { delay: PAUSE_MS }),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) now.current.onChange(update.state.doc.toString())
          }),
          LOOK,
        ],
      }),
    })
    view.current = made
    forceLinting(made)
    return () => {
      view.current = null
      made.destroy()
    }
    // The text of an editor is its own once it stands.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [label])
  useEffect(() => {
    const made = view.current
    if (made && made.state.doc.toString() !== value) made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } })
  }, [value])
  return <div ref={host} className={styles['editor']} />
}

function completions(context: CompletionContext, names: readonly Completion[]) {
  const word = context.matchBefore(/"[^"\n]*|[\w.]+/)
  if (!word && !context.explicit) return null
  const own = [...context.state.doc.toString().matchAll(/^\s*(?:define|valueset|parameter|code|codesystem)\s+"([^"]+)"/gm)]
  const defined = own.map(([, name]): Completion => ({ label: `"${name}"`, type: 'variable' }))
  return { from: word?.from ?? context.pos, options: [...defined, ...names, ...cqlKeywords], validFor: /^"?[\w .-]*$/ }
}
