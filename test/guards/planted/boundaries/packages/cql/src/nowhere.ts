// planted: resolvable
export * from './does-not-exist.ts'
