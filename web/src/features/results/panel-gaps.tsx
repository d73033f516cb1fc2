import { Link } from 'react-router'
import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { useKept } from '../../lib/kept.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

const t = words.results

export const PanelGaps_practice = graphql(`
  fragment PanelGaps_practice on PracticeOverview {
    panelGaps {
      clinician
      measure {
        id
        title
      }
      open
      counted
    }
  }
`)

/** Whose patients have how many open gaps in what; a number leads to them. Clinicians' names stay out of addresses. */
export function PanelGaps({ practice }: { practice: FragmentOf<typeof PanelGaps_practice> }) {
  const [, setClinician] = useKept('registry-clinician', '')
  const { panelGaps } = readFragment(PanelGaps_practice, practice)
  const measures = [...new Map(panelGaps.map(({ measure }) => [measure.id, measure])).values()]
  return (
    <Section title={t.panels} note={t.panelsNote}>
      {panelGaps.length === 0 ? (
        <p className="soft">{t.noPanels}</p>
      ) : (
        <PlainTable
          label={t.panels}
          head={[t.clinician, ...measures.map(({ title }) => title)]}
          rows={[...Map.groupBy(panelGaps, ({ clinician }) => clinician)].map(([clinician, of]) => [
            clinician,
            ...measures.map(({ id, title }) => {
              const gap = of.find(({ measure }) => measure.id === id)
              if (!gap || gap.counted === 0) return <span className="soft">{words.overview.nobody}</span>
              if (gap.open === 0) return t.panelGap(0, gap.counted)
              return (
                <Link
                  key={id}
                  to={`/registry?${new URLSearchParams({ gap: id, sort: 'OPEN_GAPS' })}`}
                  onClick={() => setClinician(clinician)}
                >
                  {t.panelGap(gap.open, gap.counted)}
                  <span className="visuallyHidden">{t.panelTo(clinician, title)}</span>
                </Link>
              )
            }),
          ])}
        />
      )}
    </Section>
  )
}
