export const care = 'care'
