import { ClusterProblem, inWords } from './cluster-problem.ts'

test.each([
  ['ENOSPC: no space left on device, write', 'DiskFull'],
  ['initdb: error: could not write file "PG_VERSION": No space left on device', 'DiskFull'],
  [`EACCES: permission denied, mkdir '/var/lib/carecommons'`, 'FolderClosed'],
  [`EROFS: read-only file system, mkdir '/data'`, 'FolderClosed'],
])('%s is told as %s', (message, code) => {
  const problem = inWords(new Error(message), '/data')
  expect(problem).toBeInstanceOf(ClusterProblem)
  expect(problem).toMatchObject({ code, message: expect.stringContaining('/data') })
})

test('what is not about the machine stays as it is', () => {
  const bug = new TypeError('x is not a function')
  expect(inWords(bug, '/data')).toBe(bug)
})
