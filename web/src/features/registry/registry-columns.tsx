import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { amount, amountFixed, count } from '../../lib/numbers.ts'
import type { Column, Sort } from '../../ui/data-table.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { ChartParts } from '../patient/chart-parts.ts'
import { Person, Person_patient, personName } from '../patient/person.tsx'
import type { View } from '../views/saved-view.ts'
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
export type PatientColumn = View['columns'][number]
export type SortKey = View['sort']
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

/** Every column that a reader of these parts of a chart can be shown beside the name, in the order in which they stand unless told. */
export const columnsFor = (parts: ChartParts): readonly PatientColumn[] =>
  COLUMNS.flatMap(({ key }) => ((NEEDS[key]?.(parts) ?? true) ? [key as PatientColumn] : []))

/** What is shown of them unless somebody chose: who reads records has no room for what a front desk knows people by. */
export const usualColumns = (parts: ChartParts): readonly PatientColumn[] =>
  columnsFor(parts).filter((key) => !parts.clinical || (key !== 'BORN' && key !== 'PHONE'))

/** The name, what comes due, of one measure or of any, where that is asked for, and what was chosen. */
export const registryColumns = (
  chosen: readonly PatientColumn[],
  coming: { readonly measure: string | null } | null,
): readonly Column<Row>[] => [
  NAME,
  ...(coming ? [dueColumn(coming.measure)] : []),
  ...chosen.flatMap((key) => COLUMNS.find((one) => one.key === key) ?? []),
]

/** Orders that the reader may ask for, whether their columns are shown or not. */
export const sortsOf = (parts: ChartParts, isByDue: boolean): readonly SortKey[] => [
  'NAME',
  ...(isByDue ? (['DUE'] as const) : []),
  ...columnsFor(parts).flatMap((key) => (COLUMNS.find((one) => one.key === key)?.sort ?? []) as SortKey | []),
]

/** What the box is called with which somebody is chosen. */
export const boxName = (row: Row): string => words.registry.choose.row(personName(read(row)))

const dueColumn = (measure: string | null): Column<Row> =>
  column(
    'DUE',
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
const identifiers = (parts: ChartParts): boolean => parts.identifiers
const NEEDS: Readonly<Partial<Record<string, (parts: ChartParts) => boolean>>> = {
  PHONE: identifiers,
  CONDITIONS: clinical,
  GAPS: clinical,
  RISK: clinical,
  A1C: clinical,
  BLOOD_PRESSURE: clinical,
  PHQ9: clinical,
  RECORD_NUMBER: identifiers,
}

const NAME = column('NAME', 224, (row) => <Person patient={row} />, { sort: 'NAME' })
const COLUMNS: readonly Column<Row>[] = [
  column('AGE', 56, (row) => row.age !== null && count(row.age), { sort: 'AGE', align: 'end' }),
  column('BORN', 112, (row) => row.birthDate && <OnDay day={row.birthDate} />, { align: 'end' }),
  column('SEX', 48, (row) => row.gender && <abbr title={words.patient.genders[row.gender]}>{words.patient.sexShort(row.gender)}</abbr>),
  column('PHONE', 140, (row) => <Cut>{row.phone}</Cut>),
  column('CONDITIONS', 200, (row) => {
    const titles = (row.conditions ?? []).map((condition) => condition.title).join(', ')
    return <span title={titles}>{titles}</span>
  }),
  column(
    'GAPS',
    80,
    ({ openGapCount = 0 }) => (openGapCount > 0 ? <span className="strong">{count(openGapCount)}</span> : <span className="soft">0</span>),
    { sort: 'OPEN_GAPS', align: 'end' },
  ),
  column(
    'RISK',
    220,
    ({ risk }) =>
      risk && (
        <span title={[words.risk.tier(risk.tier, risk.tierTitle), ...risk.reasons].join('; ')}>
          <span className={risk.tier > 1 ? 'strong' : ''}>{count(risk.tier)}</span> <span className="soft">{risk.reasons[0]}</span>
        </span>
      ),
    { sort: 'RISK' },
  ),
  column('A1C', 148, (row) => row.latestA1c && <Dated value={amountFixed(row.latestA1c.value)} day={row.latestA1c.on} />, {
    sort: 'A1C',
    align: 'end',
  }),
  column(
    'BLOOD_PRESSURE',
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
  column('PHQ9', 140, (row) => row.latestPhq9 && <Dated value={amount(row.latestPhq9.value)} day={row.latestPhq9.on} />, {
    sort: 'PHQ9',
    align: 'end',
  }),
  column('LAST_VISIT', 120, (row) => row.lastVisit && <OnDay day={row.lastVisit} />, { sort: 'LAST_VISIT', align: 'end' }),
  column('LAST_CONTACT', 120, (row) => row.lastContact && <OnDay day={row.lastContact} />, { align: 'end' }),
  column('CARE_MANAGER', 140, (row) => <Cut>{row.careManager}</Cut>),
  column('CLINICIAN', 140, (row) => <Cut>{row.clinician}</Cut>),
  column('RECORD_NUMBER', 120, (row) => <Cut>{row.recordNumber}</Cut>),
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
