import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ProtectedMark } from '../sharing/protected-mark.tsx'

export const ProblemList_patient = graphql(`
  fragment ProblemList_patient on Patient {
    problems {
      id
      text
      code
      clinicalStatus
      onset
      abatement
      sensitivity
    }
  }
`)

/** Active problems with the day they began; resolved ones fill up to six lines or wait behind the button. */
export function ProblemList({ patient, most }: { patient: FragmentOf<typeof ProblemList_patient>; most: number }) {
  const { problems } = readFragment(ProblemList_patient, patient)
  const { over = [], current = [] } = Object.groupBy(problems, (problem) => (isOver(problem) ? 'over' : 'current'))
  return (
    <Section title={words.patient.problems} note={words.patient.activeOf(current.length, problems.length)}>
      <LimitedList
        items={[...current, ...over]}
        most={Math.min(most, Math.max(current.length, 6))}
        keyOf={(problem) => problem.id}
        empty={words.patient.noProblems}
      >
        {(problem) => (
          <Line
            end={
              isOver(problem) ? (
                problem.abatement ? (
                  <>
                    {words.patient.until} <OnDay day={problem.abatement} />
                  </>
                ) : (
                  words.patient.resolved
                )
              ) : (
                problem.onset && <OnDay day={problem.onset} />
              )
            }
          >
            <span className={isOver(problem) ? 'soft' : ''} title={problem.code ?? undefined}>
              {problem.text}
            </span>
            <ProtectedMark by={problem.sensitivity} />
          </Line>
        )}
      </LimitedList>
    </Section>
  )
}

const OVER = new Set(['resolved', 'inactive', 'remission'])
const isOver = (problem: { clinicalStatus: string | null; abatement: string | null }): boolean =>
  problem.abatement !== null || OVER.has(problem.clinicalStatus ?? '')
