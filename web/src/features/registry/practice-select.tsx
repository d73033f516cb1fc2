import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

const Practices = graphql(`
  query PracticeSelect_careAssignments {
    careAssignments(first: 200) {
      edges {
        node {
          id
          practice {
            id
            name
          }
        }
      }
    }
  }
`)

/** One of the practices that somebody works for, who works for several. */
export function PracticeSelect({ chosen, onChoose }: { chosen: string | null; onChoose: (practice: string) => void }) {
  const { practiceIds } = useViewer()
  const isShown = useMay()('read', 'Assignment') && practiceIds.length > 1
  const [{ data }] = useQuery({ query: Practices, pause: !isShown })
  if (!isShown) return null
  const named = new Map(data?.careAssignments.edges.map(({ node: { practice } }) => [practice.id, practice.name]))
  const practices = practiceIds
    .map((id) => ({ id, name: named.get(id) ?? words.views.practice }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  return (
    <SelectField label={words.views.practice} hideLabel value={chosen ?? ''} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{words.views.anyPractice}</option>
      {practices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
