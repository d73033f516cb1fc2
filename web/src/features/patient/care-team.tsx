import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

export const CareTeam_patient = graphql(`
  fragment CareTeam_patient on Patient {
    careTeam {
      name
      role
    }
  }
`)

export function CareTeam({ patient }: { patient: FragmentOf<typeof CareTeam_patient> }) {
  const { careTeam } = readFragment(CareTeam_patient, patient)
  return (
    <Section title={words.patient.careTeam}>
      <LimitedList items={careTeam} most={5} keyOf={(member) => `${member.name} ${member.role}`} empty={words.patient.noCareTeam}>
        {(member) => <Line end={member.role}>{member.name}</Line>}
      </LimitedList>
    </Section>
  )
}
