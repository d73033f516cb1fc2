export const types = []
