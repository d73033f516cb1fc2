export const worker = 'worker'
