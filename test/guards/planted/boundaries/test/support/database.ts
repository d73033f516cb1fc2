export const database = 'database'
