import { useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useAddress } from '../../lib/address.ts'
import { useAct } from '../../lib/use-act.ts'
import type { Outcome } from '../../lib/outcome.ts'
import { areAlike, Save, type Shown, shownBy, type View, Views } from './saved-view.ts'

export interface OpenView {
  readonly all: readonly View[]
  readonly current: View | undefined
  /** The address names one that is not there for the reader, or no more. */
  readonly isGone: boolean
  /** The list shows something else than the view that was opened. */
  readonly isChanged: boolean
  /** What came of keeping changes. */
  readonly outcome: Outcome
  open(view: View): void
  saveChanges(shown: Shown): Promise<void>
  kept(name: string): void
  withdrawn(): void
  refresh(): void
}

/** The views of whoever looks, and the one that stands in the address. `show` puts a view on the page. */
export function useViews(shown: Shown, show: (view: View) => void): OpenView {
  const address = useAddress()
  const mayRead = useMay()('read', 'SavedView')
  const [{ data, fetching }, again] = useQuery({ query: Views, pause: !mayRead })
  const [outcome, setOutcome] = useState<Outcome>({})
  /** A view that was kept just now, and is opened as soon as the list of views has it. */
  const [awaited, await_] = useState<string | null>(null)
  const all = data?.savedViews.edges.map(({ node }) => node) ?? []
  const id = address.get('view')
  const current = all.find((view) => view.id === id)
  const refresh = () => again({ requestPolicy: 'network-only' })
  const save = useAct(Save, (answer) => answer.saveView, refresh)
  const found = awaited === null ? undefined : all.find(({ mine, name }) => mine && name === awaited)

  // A bookmark names the view alone: names of people stand in no address.
  const [isBookmark] = useState(() => id !== null && address.keys().every((key) => key === 'view'))
  const [isOpened, setOpened] = useState(false)
  const opening = isBookmark && !isOpened ? current : found
  useEffect(() => {
    if (!opening) return
    setOpened(true)
    await_(null)
    show(opening)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each view, whatever else changed meanwhile
  }, [opening?.id])

  return {
    all,
    current,
    isGone: id !== null && data !== undefined && !fetching && current === undefined,
    isChanged: current !== undefined && !areAlike(shownBy(current), shown),
    outcome,
    open(view) {
      setOutcome({})
      show(view)
    },
    async saveChanges(now) {
      if (!current) return
      const { name, audience, version } = current
      setOutcome(await save({ input: { id: current.id, version, name, audience, ...now } }))
      refresh()
    },
    kept(name) {
      setOutcome({})
      await_(name)
      refresh()
    },
    withdrawn() {
      setOutcome({})
      address.set({ view: null })
      refresh()
    },
    refresh,
  }
}
