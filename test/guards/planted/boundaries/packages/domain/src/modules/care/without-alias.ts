// planted: modules-by-alias
export * from '../patient/index.ts'
