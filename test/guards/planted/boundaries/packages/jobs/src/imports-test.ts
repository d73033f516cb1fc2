// planted: nothing-imports-test
export * from '../../../test/support/database.ts'
