import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { ChoiceField, useChoice } from '../../ui/choice-field.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Staff } from '../workforce/choose-staff.ts'
import type { Leave } from './leave-parts.ts'

const End = graphql(`
  mutation Leaves_endLeave($id: ID!) {
    endLeave(id: $id) {
      __typename
      ... on StaffLeave {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Propose = graphql(`
  mutation Leaves_proposeCover($input: ProposeCoverInput!) {
    proposeCover(input: $input) {
      __typename
      ... on LeaveCover {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Doing = { leave: Leave; practice: { id: string; name: string } | null }

/** Leave now or to come, with the practices that nobody was asked to cover. */
export function Leaves({ leaves, onChanged }: { leaves: readonly Leave[]; onChanged: () => void }) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const allocates = useMay()('create', 'Cover')
  const text = words.leave
  const close = () => setDoing(null)
  return (
    <Section title={text.leaves}>
      {leaves.length === 0 ? (
        <Empty title={text.noLeaves}>{text.noLeavesAdvice}</Empty>
      ) : (
        <PlainTable
          label={text.leaves}
          head={[text.columns.who, text.columns.kind, text.columns.from, text.columns.until, text.columns.uncovered, text.columns.act]}
          prose={[1, 2, 3, 4]}
          rows={leaves.map((leave) => [
            leave.name,
            text.kinds[leave.kind],
            <At key="from" instant={leave.from} clock />,
            <At key="until" instant={leave.until} clock />,
            leave.uncovered.map((practice) =>
              allocates ? (
                <Button key={practice.id} look="quiet" aria-label={text.ask(practice.name)} onClick={() => setDoing({ leave, practice })}>
                  {practice.name}
                </Button>
              ) : (
                <div key={practice.id}>{practice.name}</div>
              ),
            ),
            <Button key="end" look="quiet" aria-label={text.endOf(leave.name)} onClick={() => setDoing({ leave, practice: null })}>
              {text.end}
            </Button>,
          ])}
        />
      )}
      {doing?.practice && <Ask leave={doing.leave} practice={doing.practice} onClose={close} onDone={onChanged} />}
      {doing && !doing.practice && <EndLeave leave={doing.leave} onClose={close} onDone={onChanged} />}
    </Section>
  )
}

type Dialog = { leave: Leave; onClose: () => void; onDone: () => void }

function EndLeave({ leave, onClose, onDone }: Dialog) {
  const end = useAct(End, (data) => data.endLeave, onDone)
  return (
    <Act title={words.leave.endOf(leave.name)} verb={words.leave.end} act={() => end({ id: leave.id })} onClose={onClose}>
      <p>{words.leave.endExplained}</p>
    </Act>
  )
}

function Ask({ leave, practice, onClose, onDone }: Dialog & { practice: { id: string; name: string } }) {
  const who = useChoice(Staff, (data) => data.sharedStaff)
  const propose = useAct(Propose, (data) => data.proposeCover, onDone)
  const text = words.leave
  const act = () => propose({ input: { leaveId: leave.id, practiceId: practice.id, staffId: who.chosen } })
  return (
    <Act title={text.ask(practice.name)} verb={text.ask(practice.name)} act={act} onClose={onClose}>
      <ChoiceField label={text.who} search={text.findWho} choice={who} onChange={(event) => who.choose(event.target.value)} />
    </Act>
  )
}
