// planted: files:
export const alone = 1
