// planted: is not kebab-case
export const day = 1
