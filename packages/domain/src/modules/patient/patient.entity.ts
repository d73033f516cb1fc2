import { chartReaders, databaseRoles, grantedCharts, openTo, workedPractices } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** A practice's chart. The same human in two practices has two charts, linked by `personId`. */
export const Patient = defineEntity({
  name: 'Patient',
  tableName: 'patient',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    personId: p.uuid(),
    fhirId: p.text(),
    familyName: p.text(),
    givenName: p.text(),
    /** Null when the source tells only a year or a month. */
    birthDate: p.date().nullable(),
    gender: p.text().nullable(),
    deceased: p.boolean(),
    deceasedOn: p.date().nullable(),
    recordNumber: p.text().nullable(),
    phone: p.text().nullable(),
    address: p.text().nullable(),
    postalCode: p.text().nullable(),
    clinician: p.text().nullable(),
  },
  uniques: [
    { name: 'patient_in_practice', properties: ['practiceId', 'id'] },
    { name: 'patient_source', properties: ['practiceId', 'fhirId'] },
  ],
  indexes: [
    { name: 'patient_fhir', properties: ['fhirId'] },
    { name: 'patient_person', properties: ['personId'] },
  ],
  rowLevelSecurity: 'force',
  policies: [...chartReaders('patient', 'id'), grantedCharts('patient', 'id')],
})

/** A human of the region, counted once in regional denominators. Visible to nobody by itself: only jobs read it. */
export const Person = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: { id: p.uuid().primary(), createdAt: p.string().columnType('timestamptz') },
  rowLevelSecurity: 'force',
  policies: [openTo('person', databaseRoles.worker, 'all')],
})

/** A chart's strong identifiers, hashed with the birth date: charts that share one are one human's, be it by way of a third. */
export const PersonKey = defineEntity({
  name: 'PersonKey',
  tableName: 'person_key',
  properties: { keyHash: p.blob().columnType('bytea').primary(), patientId: p.uuid().primary().index('person_key_chart') },
  rowLevelSecurity: 'force',
  policies: [openTo('person_key', databaseRoles.worker, 'all')],
})

/** Who pays, from a day until a day. Being uninsured is a coverage too: nobody drops out of a denominator. */
export const Coverage = defineEntity({
  name: 'Coverage',
  tableName: 'coverage',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    startsOn: p.date().primary(),
    endsOn: p.date().nullable(),
    /** Null: uninsured. */
    payerId: p.uuid().nullable(),
  },
  // Which payers a practice's charts name: asked for every payer that it reads of.
  indexes: [{ name: 'coverage_payer', properties: ['practiceId', 'payerId'] }],
  rowLevelSecurity: 'force',
  policies: chartReaders('coverage'),
})

/** What Coverage, Claim and ExplanationOfBenefit resources say of a payer; coverage is rebuilt from these. */
export const PayerEvidence = defineEntity({
  name: 'PayerEvidence',
  tableName: 'payer_evidence',
  properties: {
    practiceId: p.uuid().primary(),
    patientId: p.uuid().primary(),
    source: p.text().primary().$type<'Coverage' | 'Claim' | 'ExplanationOfBenefit'>(),
    fhirId: p.text().primary(),
    part: p.smallint().primary(),
    startsOn: p.date(),
    endsOn: p.date().nullable(),
    /** Null: uninsured. */
    payerId: p.uuid().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [workedPractices('payer_evidence')],
})
