import { useState } from 'react'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { AgreeOnStrata } from './agree-on-strata.tsx'
import { yearsOf } from './package-parts.ts'

export const StrataTerm = graphql(`
  fragment StrataTerm on StrataTerm @_unmask {
    id
    startsOn
    endsOn
    ageBounds
    bySex
    byZip3
    agreedBy
    agreedWith
  }
`)
export type StrataTerm = ResultOf<typeof StrataTerm>

const t = words.strata

/** The groups that figures of a year are shown by, and a way to agree on others. */
export function StrataAgreement({ terms, year, onAgreed }: { terms: readonly StrataTerm[]; year: string; onAgreed: () => void }) {
  const [agreeing, setAgreeing] = useState(false)
  const covers = ({ startsOn, endsOn }: StrataTerm) => startsOn <= `${year}-01-01` && (endsOn === null || endsOn >= `${year}-12-31`)
  const now = terms.find(covers)
  return (
    <Section title={t.agreement} note={t.agreementNote} aside={<Button onClick={() => setAgreeing(true)}>{t.agree}</Button>}>
      {now ? (
        <PlainTable
          label={t.agreement}
          head={t.agreementHead}
          prose={[1, 2, 3]}
          rows={[[yearsOf(now.startsOn, now.endsOn), groupsOf(now), now.agreedWith, now.agreedBy ?? words.packages.shipped]]}
        />
      ) : (
        <Empty title={t.noTerm}>{t.noneAdvice}</Empty>
      )}
      {agreeing && <AgreeOnStrata now={now} year={year} onClose={() => setAgreeing(false)} onDone={onAgreed} />}
    </Section>
  )
}

function groupsOf({ ageBounds, bySex, byZip3 }: StrataTerm): string {
  const groups = [ageBounds && t.bands(ageBounds), bySex && t.sex, byZip3 && t.zip3].filter(Boolean)
  return groups.length === 0 ? t.nothing : groups.join('; ')
}
