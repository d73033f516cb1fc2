import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { amount, amountFixed, count } from '../../lib/numbers.ts'
import type { Column, Sort } from '../../ui/data-table.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { ChartParts } from '../patient/chart-parts.ts'
import { Person, Person_patient } from '../patient/person.tsx'
import styles from './registry-columns.module.css'

export const RegistryRow_patient = graphql(
  `
    fragment RegistryRow_patient on Patient {
      id
      age
      gender
      birthDate
      recordNumber @include(if: $identifiers)
      phone @include(if: $identifiers)
      conditions @include(if: $clinical) {
        key
        title
      }
      latestA1c @include(if: $clinical) {
        value
        on
      }
      latestBloodPressure @include(if: $clinical) {
        systolic
        diastolic
        on
      }
      latestPhq9 @include(if: $clinical) {
        value
        on
      }
      lastVisit
      lastContact
      careManager
      clinician
      openGapCount @include(if: $clinical)
      risk @include(if: $clinical) {
        tier
        tierTitle
        reasons
      }
      comingGaps @include(if: $coming) {
        measure {
          id
          title
        }
        dueOn
      }
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
  RISK: 'descending',
  DUE: 'ascending',
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

/** The columns that a reader of these parts of a chart can be shown; with what comes due, of one measure or of any, where that is asked for. */
export const registryColumns = (parts: ChartParts, coming: { readonly measure: string | null } | null): readonly Column<Row>[] =>
  COLUMNS.filter(({ key }) => SHOWN_TO[key]?.(parts) ?? true).flatMap((one) =>
    coming && one.key === 'name' ? [one, dueColumn(coming.measure)] : [one],
  )

const dueColumn = (measure: string | null): Column<Row> =>
  column(
    'due',
    measure === null ? 268 : 120,
    ({ comingGaps }) => {
      const first = comingGaps?.find((gap) => measure === null || gap.measure.id === measure)
      if (!first) return null
      if (measure !== null) return <OnDay day={first.dueOn} />
      return (
        <span className={styles['due']}>
          <OnDay day={first.dueOn} /> <span title={first.measure.title}>{first.measure.title}</span>
        </span>
      )
    },
    { sort: 'DUE' },
  )

const clinical = (parts: ChartParts): boolean => parts.clinical
/** A front desk knows people by birth date and telephone; who reads records has no room for them. */
const desk = (parts: ChartParts): boolean => parts.identifiers && !parts.clinical
const SHOWN_TO: Readonly<Record<string, (parts: ChartParts) => boolean>> = {
  born: desk,
  phone: desk,
  conditions: clinical,
  gaps: clinical,
  risk: clinical,
  a1c: clinical,
  bloodPressure: clinical,
  phq9: clinical,
  recordNumber: (parts) => parts.identifiers,
}

const COLUMNS: readonly Column<Row>[] = [
  column('name', 224, (row) => <Person patient={row} />, { sort: 'NAME' }),
  column('age', 56, (row) => row.age !== null && count(row.age), { sort: 'AGE', align: 'end' }),
  column('born', 112, (row) => row.birthDate && <OnDay day={row.birthDate} />, { align: 'end' }),
  column('sex', 48, (row) => row.gender && <abbr title={words.patient.genders[row.gender]}>{words.patient.sexShort(row.gender)}</abbr>),
  column('phone', 140, (row) => <Cut>{row.phone}</Cut>),
  column('conditions', 200, (row) => {
    const titles = (row.conditions ?? []).map((condition) => condition.title).join(', ')
    return <span title={titles}>{titles}</span>
  }),
  column(
    'gaps',
    80,
    ({ openGapCount = 0 }) => (openGapCount > 0 ? <span className="strong">{count(openGapCount)}</span> : <span className="soft">0</span>),
    { sort: 'OPEN_GAPS', align: 'end' },
  ),
  column(
    'risk',
    220,
    ({ risk }) =>
      risk && (
        <span title={[words.risk.tier(risk.tier, risk.tierTitle), ...risk.reasons].join('; ')}>
          <span className={risk.tier > 1 ? 'strong' : ''}>{count(risk.tier)}</span> <span className="soft">{risk.reasons[0]}</span>
        </span>
      ),
    { sort: 'RISK' },
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

const Cut = ({ children }: { children: string | null | undefined }) => children && <span title={children}>{children}</span>
