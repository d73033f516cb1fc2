import { patientType } from '#graphql/patient'

export const careType = patientType
