import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const CoverageList_patient = graphql(`
  fragment CoverageList_patient on Patient {
    coverage {
      payer
      uninsured
      start
      end
    }
  }
`)

/** Who pays, newest first. Here to be told, never to decide care by. */
export function CoverageList({ patient }: { patient: FragmentOf<typeof CoverageList_patient> }) {
  const { coverage } = readFragment(CoverageList_patient, patient)
  const sorted = coverage.toSorted((a, b) => b.start.localeCompare(a.start))
  return (
    <Section title={words.patient.coverage}>
      <LimitedList items={sorted} most={2} keyOf={(period) => `${period.payer} ${period.start}`} empty={words.patient.noCoverage}>
        {(period) => (
          <Line
            end={
              <>
                {period.end ? (
                  <OnDay day={period.start} />
                ) : (
                  <>
                    {words.patient.since} <OnDay day={period.start} />
                  </>
                )}
                {period.end && (
                  <>
                    {' '}
                    – <OnDay day={period.end} />
                  </>
                )}
              </>
            }
          >
            {period.uninsured ? words.patient.uninsured : (period.payer ?? words.states.notOnFile)}
          </Line>
        )}
      </LimitedList>
    </Section>
  )
}
