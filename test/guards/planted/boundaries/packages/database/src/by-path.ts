// planted: packages-by-name
export * from '../../domain/src/index.ts'
