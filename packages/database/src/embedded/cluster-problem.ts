export type ClusterProblemCode =
  | 'NoBinaries'
  | 'BinariesDoNotRun'
  | 'NoServerUser'
  | 'FolderClosed'
  | 'FolderForeign'
  | 'DiskFull'
  | 'OtherVersion'
  | 'DataIncomplete'
  | 'PasswordLost'
  | 'OpeningTimedOut'
  | 'ServerNotStarted'
  | 'ServerNotStopped'
  | 'DatabaseInUse'

/** Something about this machine that a person must change; the message says what and how, and is meant to be printed as it is. */
export class ClusterProblem extends Error {
  override readonly name = 'ClusterProblem'

  constructor(
    readonly code: ClusterProblemCode,
    message: string,
  ) {
    super(message)
  }
}

/** Puts what the operating system or PostgreSQL said about a full disk or a closed folder into words; other errors pass through. */
export function inWords(error: unknown, folder: string): unknown {
  const text = error instanceof Error ? error.message : String(error)
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text))
    return new ClusterProblem(
      'DiskFull',
      `The disk that holds ${folder} is full. Free some space (a new database needs 300 MB) and start again.`,
    )
  if (/EROFS|Read-only file system/i.test(text))
    return new ClusterProblem('FolderClosed', `${folder} is on a read-only disk. Set COMMONS_DATA to a folder that can be written.`)
  if (/EACCES|EPERM|ENOTDIR|EEXIST: file already exists, mkdir/.test(text))
    return new ClusterProblem(
      'FolderClosed',
      `The data folder ${folder} cannot be used (${text}). Correct its permissions or set COMMONS_DATA to another folder.`,
    )
  return error
}
