export const patientType = 'Patient'
