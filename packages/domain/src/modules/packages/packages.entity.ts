import { databaseRoles, openTo } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export type WorkState = 'queued' | 'running' | 'done' | 'failed'

/** A deck of test cases run against a package. */
export const DeckCheck = defineEntity({
  name: 'DeckCheck',
  tableName: 'deck_check',
  properties: {
    id: p.uuid().primary(),
    packageHash: p.text().index('deck_check_package'),
    /** Of the file. */
    name: p.text(),
    /** The file as it came, until it has been run. */
    deck: p.blob().columnType('bytea').nullable(),
    state: p.text().$type<WorkState>().check("state in ('queued', 'running', 'done', 'failed')"),
    /** Null until the deck is read. */
    casesTotal: p.integer().nullable(),
    casesDone: p.integer().default(0),
    passed: p.integer().default(0),
    failed: p.integer().default(0),
    undecided: p.integer().default(0),
    /** Cases that did not pass, as JSON. */
    outcomes: p.text().nullable(),
    requestedBy: p.uuid(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [
    openTo('deck_check', databaseRoles.worker, 'all'),
    openTo('deck_check', databaseRoles.region, 'select'),
    openTo('deck_check', databaseRoles.region, 'insert'),
  ],
})
