/** Beginnings of ICD-10-CM codes: `I21`, `E11.2`, or a range of equally long ones, `I60-I69`. */
export interface DiagnosisRoots {
  holds(code: string): boolean
}

/** Reads roots written in one line. A root that is not one is a bug of ours and throws. */
export function diagnosisRoots(line: string): DiagnosisRoots {
  const ranges = line.split(/\s+/).map((word) => {
    const [from = '', to = from] = word.split('-').map(plain)
    if (!ROOT.test(from) || !ROOT.test(to) || from.length !== to.length || to < from) throw new Error(`'${word}' is no root of codes.`)
    return { from, to }
  })
  return {
    holds(code) {
      const whole = plain(code)
      return ranges.some(({ from, to }) => {
        const start = whole.slice(0, from.length)
        return start.length === from.length && start >= from && start <= to
      })
    },
  }
}

const ROOT = /^[A-Z]\d[0-9A-Z]{1,5}$/
const plain = (code: string): string => code.replace('.', '').toUpperCase()
