export { printedSchema } from './print-schema.ts'
