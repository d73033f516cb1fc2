import { type ReactNode, useState } from 'react'
import { words } from '../../words/index.ts'
import { Button } from '../button.tsx'
import { Section } from '../section.tsx'

/** A titled chart whose numbers can be read as a table instead. */
export function ChartOrTable({ title, note, chart, table }: { title: string; note?: ReactNode; chart: ReactNode; table: ReactNode }) {
  const [asTable, setAsTable] = useState(false)
  return (
    <Section
      title={title}
      note={note}
      aside={
        <span className="screenOnly">
          <Button look="quiet" icon={asTable ? 'chart' : 'table'} onClick={() => setAsTable(!asTable)}>
            {asTable ? words.charts.showChart : words.charts.showTable}
          </Button>
        </span>
      }
    >
      {asTable ? table : chart}
    </Section>
  )
}
