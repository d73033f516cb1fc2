// planted: no-warning-comments
// TODO decide
export const later = 1
