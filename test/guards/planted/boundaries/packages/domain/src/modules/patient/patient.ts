export const patient = 'patient'
