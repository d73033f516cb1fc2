import { useState } from 'react'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField } from '../../ui/field.tsx'
import { THIS_YEAR, YearSelect } from '../../ui/year-select.tsx'
import { words } from '../../words/index.ts'

export const OtherVersion = graphql(`
  fragment OtherVersion on MeasurePackage @_unmask {
    hash
    title
    version
  }
`)
const Compare = graphql(`
  mutation ComparePackages_compare($input: ComparePackagesInput!) {
    comparePackages(input: $input) {
      __typename
      ... on PackageComparison {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.comparisons

type Properties = { hash: string; title: string; others: readonly ResultOf<typeof OtherVersion>[]; onClose: () => void; onDone: () => void }

/** Which other version this one is compared with, and over which year. Versions of the same measure come first. */
export function ComparePackages({ hash, title, others, onClose, onDone }: Properties) {
  const inOrder = others.toSorted((a, b) => Number(b.title === title) - Number(a.title === title))
  const [beforeHash, setBefore] = useState(inOrder[0]?.hash ?? '')
  const [year, setYear] = useState(THIS_YEAR)
  const compare = useAct(Compare, (data) => data.comparePackages, onDone)
  const period = { start: `${year}-01-01`, end: `${year}-12-31` }
  const act = () => compare({ input: { beforeHash, afterHash: hash, period, idempotencyKey: newKey() } })
  return (
    <Act title={t.compare} verb={t.compare} act={act} onClose={onClose}>
      <p className="soft">{t.explained}</p>
      <SelectField label={t.with} value={beforeHash} onChange={({ target }) => setBefore(target.value)}>
        {inOrder.map((one) => (
          <option key={one.hash} value={one.hash}>
            {t.from(one.title, one.version)} ({one.hash.slice(0, 8)})
          </option>
        ))}
      </SelectField>
      <YearSelect year={year} onChoose={setYear} />
    </Act>
  )
}
