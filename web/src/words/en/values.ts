export const values = {
  a1c: 'A1c',
  bloodPressure: 'BP',
  phq9: 'PHQ-9',
  percent: (value: string) => `${value}%`,
  pair: (first: string, second: string) => `${first}/${second}`,
}
