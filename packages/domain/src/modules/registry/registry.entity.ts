import { assignedPractices, chartReaders, labelledChartReaders, ownPractice, toldToPatients, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { sensitivity } from '#modules/record'

/** Conditions and stays have beside them who lives and the order of risk, so that an index has the lists by them: what writes these, in one place. */
const KEEP_ORDER = ['patient_condition c', 'registry_membership m']
  .map((table) => [table, table.at(-1)!])
  .map(
    ([table, of]) =>
      `update ${table} set deceased = new.deceased, risk_rank = new.risk_rank where ${of}.practice_id = new.practice_id and ${of}.patient_id = new.patient_id;`,
  )
  .concat('return null;')
  .join(' ')

/** Open cases weigh what their people's tier says, and are due by the last contact: with the summary, in the same transaction. */
const KEEP_CASES =
  'update care_case c set points = r.points, due_on = greatest(new.last_contact_on, c.opened_on) + r.contact_days from case_rule r where c.practice_id = new.practice_id ' +
  'and c.patient_id = new.patient_id and c.closed_at is null and r.tier = new.risk_rank / 100 and r.since = (select max(l.since) from case_rule l where l.tier = r.tier ' +
  'and l.since <= current_date); return null;'

/** One row per chart: what a registry shows. A projection, rebuilt by jobs from facts. It cannot name a payer. */
export const PatientSummary = defineEntity({
  name: 'PatientSummary',
  tableName: 'patient_summary',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    /** Family and given name, folded, for sorting. */
    sortName: p.text().collation('C'),
    birthDate: p.date().nullable(),
    deceased: p.boolean(),
    conditionCount: p.smallint(),
    /** Percent. */
    a1c: p.decimal().columnType('numeric').nullable(),
    a1cOn: p.date().fieldName('a1c_on').nullable(),
    /** mm[Hg] */
    systolic: p.decimal().columnType('numeric').nullable(),
    diastolic: p.decimal().columnType('numeric').nullable(),
    bloodPressureOn: p.date().nullable(),
    phq9: p.decimal().columnType('numeric').nullable(),
    phq9On: p.date().fieldName('phq9_on').nullable(),
    lastVisitOn: p.date().nullable(),
    labOn: p.date().nullable(),
    prescribedOn: p.date().nullable(),
    careManager: p.text().nullable(),
    lastContactOn: p.date().nullable(),
    openGaps: p.smallint().default(0),
    /** A hundred for each tier of risk, and the opportunity: one order for lists. */
    riskRank: p.smallint().default(0),
    dataThrough: p.date().nullable(),
    resourceCount: p.integer(),
  },
  indexes: [
    { name: 'patient_summary_name', properties: ['practiceId', 'sortName', 'patientId'], where: 'not deceased' },
    { name: 'patient_summary_risk', properties: ['practiceId', 'riskRank', 'patientId'], where: 'not deceased' },
    { name: 'patient_summary_gaps', properties: ['practiceId', 'openGaps', 'patientId'] },
  ],
  triggers: [
    { name: 'order_begun', timing: 'after', events: ['insert'], when: '(new.deceased OR (new.risk_rank <> 0))', body: KEEP_ORDER },
    {
      name: 'order_changed',
      timing: 'after',
      events: ['update'],
      when: '((old.deceased <> new.deceased) OR (old.risk_rank <> new.risk_rank))',
      body: KEEP_ORDER,
    },
    {
      name: 'cases_kept',
      timing: 'after',
      events: ['update'],
      when: '((old.risk_rank <> new.risk_rank) OR (old.last_contact_on IS DISTINCT FROM new.last_contact_on))',
      body: KEEP_CASES,
    },
  ],
  rowLevelSecurity: 'force',
  // Of their own risk patients are told nothing.
  policies: toldToPatients(
    'practice_id patient_id sort_name birth_date deceased condition_count a1c a1c_on systolic diastolic blood_pressure_on phq9 phq9_on ' +
      'last_visit_on care_manager last_contact_on open_gaps data_through resource_count',
    chartReaders('patient_summary'),
  ),
})

/** Conditions a chart carries, by key of the registry's condition groups. */
export const PatientCondition = defineEntity({
  name: 'PatientCondition',
  tableName: 'patient_condition',
  properties: {
    practiceId: p.uuid().primary(),
    condition: p.text().primary(),
    patientId: p.uuid().primary(),
    sensitivity,
    /** As the summary has them, which takes these along when they change (a trigger): a list by condition is read in the order of risk. */
    deceased: p.boolean().default(false),
    riskRank: p.smallint().default(0),
  },
  indexes: [
    { name: 'patient_condition_patient', properties: ['practiceId', 'patientId'] },
    {
      name: 'patient_condition_risk',
      properties: ['practiceId', 'condition', 'riskRank', 'patientId'],
      include: ['sensitivity'],
      where: 'not deceased',
    },
  ],
  rowLevelSecurity: 'force',
  policies: toldToPatients(
    'practice_id condition patient_id sensitivity deceased',
    labelledChartReaders('patient_condition', "'Condition'::text"),
  ),
})

/** Words a chart is found by: folded name parts, record number, birth date. Prefixes match through plain comparison, which is leakproof. */
export const PatientSearch = defineEntity({
  name: 'PatientSearch',
  tableName: 'patient_search',
  properties: { practiceId: p.uuid().primary(), term: p.text().collation('C').primary(), patientId: p.uuid().primary() },
  rowLevelSecurity: 'force',
  policies: chartReaders('patient_search'),
})

/** How many charts of living people each practice has: counting them again for every page over twelve practices costs more than the page. */
export const RegistryCount = defineEntity({
  name: 'RegistryCount',
  tableName: 'registry_count',
  properties: { practiceId: p.uuid().primary(), living: p.integer() },
  rowLevelSecurity: 'force',
  policies: [ownPractice('registry_count'), assignedPractices('registry_count'), workedPractices('registry_count')],
})

/** Charts whose projections are older than their facts. */
export const DirtyChart = defineEntity({
  name: 'DirtyChart',
  tableName: 'dirty_chart',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    /** Nothing but labelled records came or changed. */
    labelledOnly: p.boolean().default(false),
  },
  rowLevelSecurity: 'force',
  policies: [workedPractices('dirty_chart')],
})
