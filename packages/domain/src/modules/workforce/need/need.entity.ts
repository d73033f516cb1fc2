import { planningFigurePolicies } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { type FigureName, figureNames } from './figures.ts'

/** A figure that need and capacity are worked out with, since a day, and what it rests on. Of several days the latest counts. */
export const PlanningFigure = defineEntity({
  name: 'PlanningFigure',
  tableName: 'planning_figure',
  properties: {
    id: p.uuid().primary(),
    figure: p
      .text()
      .$type<FigureName>()
      .check(`figure in (${figureNames.map((name) => `'${name}'`).join(', ')})`),
    value: p.integer(),
    since: p.date(),
    source: p.text(),
    /** Nobody: it came with the product. */
    recordedBy: p.uuid().nullable(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: [...planningFigurePolicies],
})
