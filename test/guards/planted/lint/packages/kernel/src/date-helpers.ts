// planted: says nothing
export const day = 1
