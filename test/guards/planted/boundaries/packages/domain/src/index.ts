export { patient } from '#modules/patient'
