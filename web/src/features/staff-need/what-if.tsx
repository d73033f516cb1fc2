import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import type { NeedFacts } from './need-parts.ts'
import styles from './staff-need.module.css'

export type Supposed = { addedStaff: number; peoplePercent: number; figures: { figure: 'ENROLLED_PERCENT'; value: number }[] }

const t = words.staffNeed

/** What would be with other numbers. It is asked, never recorded. */
export function WhatIf({
  enrolled,
  as,
  supposed,
  onSuppose,
}: {
  /** In percent, today. */
  enrolled: number
  as: NeedFacts
  supposed: NeedFacts | null
  onSuppose: (what: Supposed | null) => void
}) {
  const [staff, setStaff] = useState('0')
  const [people, setPeople] = useState('0')
  const [percent, setPercent] = useState(String(enrolled))
  const suppose = (event: FormEvent) => {
    event.preventDefault()
    const figures = Number(percent) === enrolled ? [] : [{ figure: 'ENROLLED_PERCENT' as const, value: Number(percent) }]
    onSuppose({ addedStaff: Number(staff), peoplePercent: Number(people), figures })
  }
  const number = (label: string, value: string, onChange: (value: string) => void, [min, max]: [number, number]) => (
    <TextField label={label} type="number" required step={1} {...{ min, max, value }} onChange={(event) => onChange(event.target.value)} />
  )
  return (
    <Section title={t.whatIf} note={t.whatIfNote}>
      <form className={styles['form']} onSubmit={suppose}>
        {number(t.addedStaff, staff, setStaff, [-1000, 1000])}
        {number(t.morePeople, people, setPeople, [-100, 1000])}
        {number(t.enrolled, percent, setPercent, [0, 100])}
        <div>
          <Button type="submit">{t.suppose}</Button>
          {supposed && <Button onClick={() => onSuppose(null)}>{t.asItIs}</Button>}
        </div>
      </form>
      {supposed && (
        <Notice title={t.supposed(supposed.months[0]!)} urgent>
          {t.insteadOf(as.months[0]!)}
        </Notice>
      )}
    </Section>
  )
}
