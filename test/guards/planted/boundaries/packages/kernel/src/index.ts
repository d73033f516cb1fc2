export const kernel = 'kernel'
