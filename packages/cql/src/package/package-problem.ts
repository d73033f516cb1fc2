export interface PackageProblem {
  /** What is wrong: `Measure/x`, a library's name, a value set's url. */
  readonly subject: string
  readonly message: string
}

/** What keeps a package from being used, and what an analyst should know of one that can be. */
export interface Findings {
  readonly problems: readonly PackageProblem[]
  readonly warnings: readonly PackageProblem[]
}

export const noFindings: Findings = { problems: [], warnings: [] }

export const joined = (findings: readonly Findings[]): Findings => ({
  problems: findings.flatMap(({ problems }) => problems),
  warnings: findings.flatMap(({ warnings }) => warnings),
})

export const unique = (problems: readonly PackageProblem[]): PackageProblem[] => [
  ...new Map(problems.map((problem) => [`${problem.subject} ${problem.message}`, problem])).values(),
]
