export const interop = 'interop'
