import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ReadHandoff, WriteHandoff } from './handoff.tsx'
import type { Cover } from './leave-parts.ts'

const Answer = graphql(`
  mutation Covers_answerCover($id: ID!, $accepts: Boolean!) {
    answerCover(id: $id, accepts: $accepts) {
      __typename
      ... on LeaveCover {
        id
        state
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Withdraw = graphql(`
  mutation Covers_withdrawCover($id: ID!) {
    withdrawCover(id: $id) {
      __typename
      ... on LeaveCover {
        id
        state
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Doing = { what: 'accept' | 'decline' | 'withdraw' | 'write' | 'read'; cover: Cover }

/** Who covers whom and where, each row with what whoever reads it can do. */
export function Covers({ covers, onChanged }: { covers: readonly Cover[]; onChanged: () => void }) {
  const [doing, setDoing] = useState<Doing | null>(null)
  const text = words.leave
  const close = () => setDoing(null)
  return (
    <Section title={text.covers}>
      {covers.length === 0 ? (
        <Empty title={text.noCovers}>{text.noCoversAdvice}</Empty>
      ) : (
        <PlainTable
          label={text.covers}
          head={[text.practice, text.away, text.cover, text.columns.from, text.columns.until, text.state, text.columns.act]}
          prose={[1, 2, 3, 4, 5]}
          rows={covers.map((cover) => [
            cover.practice.name,
            cover.leaver,
            cover.cover,
            <At key="from" instant={cover.from} clock />,
            <At key="until" instant={cover.until} clock />,
            text.states[cover.state],
            <Deeds key="act" cover={cover} choose={(what) => setDoing({ what, cover })} />,
          ])}
        />
      )}
      {doing?.what === 'write' && <WriteHandoff cover={doing.cover} onClose={close} onDone={onChanged} />}
      {doing?.what === 'read' && <ReadHandoff cover={doing.cover} onClose={close} onDone={onChanged} />}
      {doing?.what === 'withdraw' && <TakeBack cover={doing.cover} onClose={close} onDone={onChanged} />}
      {(doing?.what === 'accept' || doing?.what === 'decline') && (
        <AnswerCover cover={doing.cover} accepts={doing.what === 'accept'} onClose={close} onDone={onChanged} />
      )}
    </Section>
  )
}

function Deeds({ cover, choose }: { cover: Cover; choose: (what: Doing['what']) => void }) {
  const { membership } = useViewer()
  const may = useMay()
  const text = words.leave
  const [practice, isMine] = [cover.practice.name, cover.membershipId === membership.id]
  const deed = (what: Doing['what'], label: string, verb: string) => (
    <Button look="quiet" aria-label={label} onClick={() => choose(what)}>
      {verb}
    </Button>
  )
  return (
    <>
      {isMine && cover.state === 'PROPOSED' && deed('accept', text.acceptOf(practice), text.accept)}
      {isMine && cover.state === 'PROPOSED' && deed('decline', text.declineOf(practice), text.decline)}
      {isMine && cover.state === 'ACCEPTED' && deed('read', text.handoffOf(cover.leaver, practice), text.read)}
      {cover.leaverId === membership.id && cover.state === 'ACCEPTED' && deed('write', text.handOverOf(practice), text.handOver)}
      {may('end', 'Cover') && cover.state !== 'DECLINED' && deed('withdraw', text.takeBackOf(cover.cover, practice), text.takeBack)}
    </>
  )
}

type Dialog = { cover: Cover; onClose: () => void; onDone: () => void }

function AnswerCover({ cover, accepts, onClose, onDone }: Dialog & { accepts: boolean }) {
  const answer = useAct(Answer, (data) => data.answerCover, onDone)
  const text = words.leave
  const { name } = cover.practice
  return (
    <Act
      title={accepts ? text.acceptOf(name) : text.declineOf(name)}
      verb={accepts ? text.accept : text.decline}
      act={() => answer({ id: cover.id, accepts })}
      onClose={onClose}
    >
      {accepts && <p>{text.acceptExplained}</p>}
    </Act>
  )
}

function TakeBack({ cover, onClose, onDone }: Dialog) {
  const withdraw = useAct(Withdraw, (data) => data.withdrawCover, onDone)
  const text = words.leave
  return (
    <Act
      title={text.takeBackOf(cover.cover, cover.practice.name)}
      verb={text.takeBack}
      act={() => withdraw({ id: cover.id })}
      onClose={onClose}
    >
      <p>{text.takeBackExplained}</p>
    </Act>
  )
}
