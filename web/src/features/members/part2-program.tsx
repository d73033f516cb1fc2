import { useState } from 'react'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

export const Part2 = graphql(`
  fragment Part2 on MemberOrganization @_unmask {
    id
    version
    isPart2Program
    labelling {
      state
    }
  }
`)
const Set = graphql(
  `
    mutation Part2Program_setPart2Program($input: SetPart2ProgramInput!) {
      setPart2Program(input: $input) {
        __typename
        ... on MemberOrganization {
          ...Part2
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [Part2],
)

const Again = graphql(`
  mutation Part2Program_labelAgain($id: ID!) {
    labelAgain(id: $id) {
      __typename
      ... on MemberOrganization {
        id
        labelling {
          state
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.members.part2

/** Whether a practice is a program under 42 CFR Part 2, and how to say so. */
export function Part2Program({ practice, onChanged }: { practice: ResultOf<typeof Part2>; onChanged: () => void }) {
  const { id, version, isPart2Program, labelling } = practice
  const [changing, setChanging] = useState(false)
  const [asking, setAsking] = useState(false)
  const again = useAct(Again, (data) => data.labelAgain, onChanged)
  const set = useAct(Set, (data) => data.setPart2Program, onChanged)
  const act = () => set({ input: { id, version, isPart2Program: !isPart2Program } })
  const verb = isPart2Program ? t.end : t.begin
  return (
    <Section title={t.title} aside={<Button onClick={() => setChanging(true)}>{verb}</Button>}>
      <p>{isPart2Program ? t.is : t.isNot}</p>
      {isPart2Program && labelling?.state === 'QUEUED' && <p className="soft">{t.queued}</p>}
      {isPart2Program && labelling?.state === 'FAILED' && (
        <Notice tone="warn" title={t.failed} action={<Button onClick={() => setAsking(true)}>{t.again}</Button>} />
      )}
      {asking && <Act title={t.title} verb={t.again} act={() => again({ id })} onClose={() => setAsking(false)} />}
      {changing && (
        <Act title={t.title} verb={verb} act={act} onClose={() => setChanging(false)}>
          <p>{isPart2Program ? t.endExplained : t.beginExplained}</p>
        </Act>
      )}
    </Section>
  )
}
