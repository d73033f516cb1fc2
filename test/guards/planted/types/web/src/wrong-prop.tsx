// planted: TS2322
export const title: string = 1
