import { useState } from 'react'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

export const CostFacts = graphql(`
  fragment CostFacts on StaffNeed @_unmask {
    cost {
      cents
      lines {
        discipline
        minutes
        hourlyCents
        cents
      }
      smallestPost {
        cents
        paidMinutes
        minutes
      }
      rules {
        rule
        fault
        shares {
          practice {
            id
            name
          }
          cents
          ways {
            by
            from
            weight
            of
            cents
            carries
          }
          alone {
            posts
            aloneCents
            sharedUnitCents
            aloneUnitCents
            smallestPanel
          }
        }
      }
    }
  }
`)
type Cost = NonNullable<ResultOf<typeof CostFacts>['cost']>
type Share = Cost['rules'][number]['shares'][number]
type Opened = { readonly rule: Cost['rules'][number]['rule']; readonly share: Share }

const t = words.staffNeed.cost

/** What the shared staff cost this month, and whose it would be by each rule, side by side; a figure opens to its divisions. */
export function CostByRule({ cost }: { cost: Cost }) {
  const [opened, open] = useState<Opened | null>(null)
  const { rules } = cost
  const practices = rules.find(({ shares }) => shares.length > 0)?.shares.map(({ practice }) => practice) ?? []
  return (
    <Section title={t.title} note={t.note(cost.cents)}>
      <PlainTable
        label={t.title}
        head={[words.staffNeed.practicesHead[0]!, ...rules.map(({ rule }) => t.rules[rule])]}
        rows={[
          ...practices.map((practice) => [
            practice.name,
            ...rules.map(({ rule, shares }) => {
              const share = shares.find((one) => one.practice.id === practice.id)
              return (
                share && (
                  <Button
                    key={rule}
                    look="quiet"
                    label={`${t.money(share.cents)}: ${t.open(practice.name, t.rules[rule])}`}
                    onClick={() => open({ rule, share })}
                  >
                    {t.money(share.cents)}
                  </Button>
                )
              )
            }),
          ]),
          [t.all, ...rules.map(({ fault }) => (fault === null ? t.money(cost.cents) : ''))],
        ]}
      />
      {rules.map(({ rule, fault }) => fault !== null && <p key={rule} className="soft small">{`${t.rules[rule]}: ${fault}`}</p>)}
      <Alone cost={cost} />
      <PlainTable
        label={t.lines}
        head={t.linesHead}
        rows={cost.lines.map(({ discipline, minutes, hourlyCents, cents }) => [
          words.workforce.disciplines[discipline],
          t.exactHours(minutes),
          t.money(hourlyCents),
          t.money(cents),
        ])}
      />
      {opened && (
        <Dialog title={t.open(opened.share.practice.name, t.rules[opened.rule])} onClose={() => open(null)}>
          <ul>
            {opened.share.ways.map((way, index) => (
              <li key={index}>{way.map((step) => t.step(step)).join(' ')}</li>
            ))}
          </ul>
          <p className="strong">{t.sum(opened.share.cents)}</p>
          <p className="soft small">{t.remainder}</p>
        </Dialog>
      )}
    </Section>
  )
}

/** What sharing costs a person beside what going alone would, by the rule that weighs both people and need. */
function Alone({ cost: { rules, smallestPost } }: { cost: Cost }) {
  const split = rules.find(({ rule, shares }) => rule === 'HYBRID' && shares.length > 0)
  if (!split) return null
  return (
    <>
      <PlainTable
        label={t.alone}
        head={t.aloneHead}
        rows={split.shares.flatMap(({ practice, alone }) =>
          alone
            ? [
                [
                  practice.name,
                  t.money(alone.sharedUnitCents),
                  t.money(alone.aloneUnitCents),
                  t.money(alone.aloneCents),
                  t.posts(alone.posts),
                  t.people(alone.smallestPanel),
                ],
              ]
            : [],
        )}
      />
      <p className="soft small">{t.aloneNote(t.rules.HYBRID, smallestPost)}</p>
    </>
  )
}
