// planted: not formatted
export const   day = { "a" : 1 };
