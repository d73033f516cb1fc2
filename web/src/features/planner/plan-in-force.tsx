import { useRef, useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { dayOf, fullDay, shortInstant } from '../../lib/dates.ts'
import { newKey } from '../../lib/new-key.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Apply, type PlanPreview, Preview, Undo } from './apply-parts.ts'
import type { Plan } from './plan-parts.ts'
import { PlanChanges } from './plan-changes.tsx'
import styles from './planner.module.css'

const t = words.planInForce

/** Puts a plan in force after a look at what that changes, says since when one is, and takes it back as long as that is possible. */
export function PlanInForce({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const { application } = plan
  const { region } = useViewer()
  const at = (instant: string) => shortInstant(instant, region.timeZone)
  if (application && application.undoneAt === null) return <InForce plan={plan} applied={application} at={at} onDone={onDone} />
  return (
    <Section title={t.title} note={t.note}>
      {application?.undoneAt && <p>{t.undone(application.undoneByName ?? '', at(application.undoneAt))}</p>}
      <BeforeForce key={plan.id} plan={plan} onDone={onDone} />
    </Section>
  )
}

type Applied = NonNullable<Plan['application']>

function InForce({ plan, applied, at, onDone }: { plan: Plan; applied: Applied; at: (instant: string) => string; onDone: () => void }) {
  const { region } = useViewer()
  const [, send] = useMutation(Undo)
  const [asks, ask] = useState(false)
  const { startsOn, appliedByName, appliedAt, undoUntil } = applied
  const now = new Date().toISOString()
  const since = dayOf(now, region.timeZone) >= startsOn
  const undo = async () => {
    const answer = await send({ id: plan.id })
    if (answer.data?.undoStaffPlan.__typename === 'StaffPlan') onDone()
    return outcomeOf(answer, (data) => data.undoStaffPlan)
  }
  return (
    <Section title={t.inForceTitle}>
      <Notice
        title={t.inForce(fullDay(startsOn), since)}
        urgent
        action={undoUntil !== null && undoUntil > now && <Button onClick={() => ask(true)}>{t.undo}</Button>}
      >
        {t.by(appliedByName, at(appliedAt))} {undoUntil !== null && undoUntil > now ? t.undoUntil(at(undoUntil)) : t.undoOver}
      </Notice>
      {asks && (
        <Act title={t.undoTitle} verb={t.undo} act={undo} onClose={() => ask(false)}>
          <p>{t.undoWhat}</p>
        </Act>
      )}
    </Section>
  )
}

function BeforeForce({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const [looks, look] = useState(false)
  const [result, again] = useQuery({ query: Preview, variables: { id: plan.id }, pause: !looks, requestPolicy: 'network-only' })
  if (!looks)
    return (
      <div>
        <Button onClick={() => look(true)}>{t.look}</Button>
      </div>
    )
  return (
    <Loaded result={result} height={320} retry={() => again()}>
      {({ staffPlanPreview: preview }) =>
        preview.__typename === 'Refused' ? (
          <Notice tone="warn" title={t.refused} urgent>
            {preview.message}
          </Notice>
        ) : (
          <>
            <p role="status">{t.summary(fullDay(preview.startsOn), preview)}</p>
            <PlanChanges preview={preview} />
            <ToApply preview={preview} planId={plan.id} onDone={onDone} again={() => again({ requestPolicy: 'network-only' })} />
          </>
        )
      }
    </Loaded>
  )
}

function ToApply(props: { preview: PlanPreview; planId: string; onDone: () => void; again: () => void }) {
  const { preview, planId, onDone, again } = props
  const [, send] = useMutation(Apply)
  const [asks, ask] = useState(false)
  const attempt = useRef<{ hash: string; key: string } | null>(null)
  const { changes, handoffs, hash, startsOn } = preview
  if (changes.every(({ kind }) => kind === 'STAYS')) return <Notice title={t.nothing} />
  if (changes.some(({ refusal }) => refusal !== null))
    return (
      <Notice tone="warn" title={t.impossible}>
        {t.impossibleAdvice}
      </Notice>
    )
  const apply = async () => {
    // Sent again after a dropped line it is the same act.
    const { key } = (attempt.current = attempt.current?.hash === hash ? attempt.current : { hash, key: newKey() })
    const answer = await send({ id: planId, previewHash: hash, idempotencyKey: key })
    if (answer.data) attempt.current = null
    if (answer.data?.applyStaffPlan.__typename === 'StaffPlan') onDone()
    else if (answer.data) again()
    return outcomeOf(answer, (data) => data.applyStaffPlan)
  }
  return (
    <>
      <div className={styles['below']}>
        <Button look="primary" onClick={() => ask(true)}>
          {t.apply}
        </Button>
      </div>
      {asks && (
        <Act title={t.applyTitle(fullDay(startsOn))} verb={t.apply} act={apply} onClose={() => ask(false)}>
          <p>{t.summary(fullDay(startsOn), preview)}</p>
          {handoffs.length > 0 && <p>{t.handoffsCaused(handoffs.length)}</p>}
          <p className="soft">{t.applyWhat}</p>
        </Act>
      )}
    </>
  )
}
