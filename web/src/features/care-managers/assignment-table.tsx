import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const Assigned = graphql(`
  fragment Assigned on CareAssignment @_unmask {
    id
    careManager
    kind
    startsOn
    endsOn
    from
    until
    coversFor
    practice {
      id
      name
    }
  }
`)
type Assigned = ResultOf<typeof Assigned>
const End = graphql(`
  mutation AssignmentTable_endAssignment($id: ID!) {
    endAssignment(id: $id) {
      __typename
      ... on CareAssignment {
        id
        state
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** Who works where, from when until when; who may, ends it at once. */
export function AssignmentTable({ assignments, onChanged }: { assignments: readonly Assigned[]; onChanged: () => void }) {
  const may = useMay()
  const end = useAct(End, (data) => data.endAssignment, onChanged)
  const [ending, setEnding] = useState<Assigned | null>(null)
  const text = words.careManagers
  const columns: Column<Assigned>[] = [
    { key: 'who', head: text.columns.who, width: 200, cell: ({ careManager }) => careManager },
    { key: 'practice', head: text.columns.practice, width: 220, cell: ({ practice }) => practice.name },
    {
      key: 'kind',
      head: text.columns.kind,
      width: 180,
      cell: ({ kind, coversFor }) => (coversFor ? text.coversFor(coversFor) : text.kinds[kind]),
    },
    {
      key: 'from',
      head: text.columns.from,
      width: 110,
      align: 'end',
      cell: ({ from, startsOn }) => (from ? <At instant={from} clock /> : <OnDay day={startsOn} />),
    },
    {
      key: 'until',
      head: text.columns.until,
      width: 110,
      align: 'end',
      cell: ({ until, endsOn }) =>
        until ? <At instant={until} clock /> : endsOn ? <OnDay day={endsOn} /> : <span className="soft">{text.open}</span>,
    },
    ...(may('end', 'Assignment')
      ? [
          {
            key: 'end',
            head: text.columns.end,
            width: 90,
            cell: (one: Assigned) => (
              <Button look="quiet" aria-label={text.endOf(one.careManager ?? '', one.practice.name)} onClick={() => setEnding(one)}>
                {words.people.end}
              </Button>
            ),
          },
        ]
      : []),
  ]
  const act = async () => (ending ? end({ id: ending.id }) : {})
  return (
    <>
      <DataTable
        label={text.title}
        columns={columns}
        rows={assignments}
        rowKey={({ id }) => id}
        empty={<Empty title={text.none}>{text.noneAdvice}</Empty>}
      />
      {ending && (
        <Act
          title={text.endOf(ending.careManager ?? '', ending.practice.name)}
          verb={words.people.endNow}
          act={act}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  )
}
