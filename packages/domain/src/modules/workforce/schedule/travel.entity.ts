import { travelTimePolicies } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** Minutes on the road between two towns, either way, from a day on. Towns are spelled as on organizations and home bases. */
export const TravelTime = defineEntity({
  name: 'TravelTime',
  tableName: 'travel_time',
  properties: {
    id: p.uuid().primary(),
    /** The first of the two by name, so that a pair stands once. */
    oneTown: p.text(),
    otherTown: p.text(),
    minutes: p.smallint().check('((minutes >= 0) AND (minutes <= 600))'),
    since: p.date(),
    recordedBy: p.uuid().nullable(),
    recordedAt: p.string().columnType('timestamptz'),
  },
  checks: [{ name: 'travel_time_pair', expression: '((one_town COLLATE "C") < other_town)' }],
  rowLevelSecurity: 'force',
  policies: [...travelTimePolicies],
})
