// planted: TS2322
export const day: number = 'monday'
