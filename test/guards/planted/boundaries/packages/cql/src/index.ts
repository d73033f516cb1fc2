export const cql = 'cql'
