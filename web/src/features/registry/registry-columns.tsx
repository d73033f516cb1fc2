import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { amount, amountFixed, count } from '../../lib/numbers.ts'
import type { Column, Sort } from '../../ui/data-table.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Person, Person_patient } from '../patient/person.tsx'
import styles from './registry-columns.module.css'

export const RegistryRow_patient = graphql(
  `
    fragment RegistryRow_patient on Patient {
      id
      age
      gender
      recordNumber
      conditions {
        key
        title
      }
      latestA1c {
        value
        on
      }
      latestBloodPressure {
        systolic
        diastolic
        on
      }
      latestPhq9 {
        value
        on
      }
      lastVisit
      lastContact
      careManager
      clinician
      openGapCount
      ...Person_patient
    }
  `,
  [Person_patient],
)
type Row = { id: string } & FragmentOf<typeof RegistryRow_patient>

/** Sort keys of the API with the direction each one means: what needs a look first comes first. */
export const SORTS: Record<string, Sort['direction']> = {
  NAME: 'ascending',
  AGE: 'descending',
  LAST_VISIT: 'ascending',
  A1C: 'descending',
  SYSTOLIC: 'descending',
  PHQ9: 'descending',
  OPEN_GAPS: 'descending',
}

const column = (
  key: keyof typeof words.registry.columns,
  width: number,
  cell: (row: ReturnType<typeof read>) => React.ReactNode,
  more: Partial<Column<Row>> = {},
): Column<Row> => ({
  key,
  width,
  ...words.registry.columns[key],
  ...more,
  cell: (row) => cell(read(row)),
})
const read = (row: FragmentOf<typeof RegistryRow_patient>) => readFragment(RegistryRow_patient, row)

export const REGISTRY_COLUMNS: readonly Column<Row>[] = [
  column('name', 224, (row) => <Person patient={row} />, { sort: 'NAME' }),
  column('age', 56, (row) => row.age !== null && count(row.age), { sort: 'AGE', align: 'end' }),
  column('sex', 48, (row) => row.gender && <abbr title={words.patient.genders[row.gender]}>{words.patient.sexShort(row.gender)}</abbr>),
  column('conditions', 200, (row) => {
    const titles = row.conditions.map((condition) => condition.title).join(', ')
    return <span title={titles}>{titles}</span>
  }),
  column(
    'gaps',
    80,
    (row) => (row.openGapCount > 0 ? <span className="strong">{count(row.openGapCount)}</span> : <span className="soft">0</span>),
    { sort: 'OPEN_GAPS', align: 'end' },
  ),
  column('a1c', 148, (row) => row.latestA1c && <Dated value={amountFixed(row.latestA1c.value)} day={row.latestA1c.on} />, {
    sort: 'A1C',
    align: 'end',
  }),
  column(
    'bloodPressure',
    168,
    (row) =>
      row.latestBloodPressure && (
        <Dated
          value={words.values.pair(amount(row.latestBloodPressure.systolic), amount(row.latestBloodPressure.diastolic))}
          day={row.latestBloodPressure.on}
        />
      ),
    { sort: 'SYSTOLIC', align: 'end' },
  ),
  column('phq9', 140, (row) => row.latestPhq9 && <Dated value={amount(row.latestPhq9.value)} day={row.latestPhq9.on} />, {
    sort: 'PHQ9',
    align: 'end',
  }),
  column('lastVisit', 120, (row) => row.lastVisit && <OnDay day={row.lastVisit} />, { sort: 'LAST_VISIT', align: 'end' }),
  column('lastContact', 120, (row) => row.lastContact && <OnDay day={row.lastContact} />, { align: 'end' }),
  column('careManager', 140, (row) => <Cut>{row.careManager}</Cut>),
  column('clinician', 140, (row) => <Cut>{row.clinician}</Cut>),
  column('recordNumber', 120, (row) => <Cut>{row.recordNumber}</Cut>),
]

/** A value with the day it was measured, softly before it so that the values align. */
function Dated({ value, day }: { value: string; day: string }) {
  return (
    <span className={styles['dated']}>
      <span className="soft small">
        <OnDay day={day} />
      </span>
      <span>{value}</span>
    </span>
  )
}

const Cut = ({ children }: { children: string | null }) => children && <span title={children}>{children}</span>
