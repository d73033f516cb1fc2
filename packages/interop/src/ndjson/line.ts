/** One line of a file. Exactly one of `bytes`, `tooLong`, `broken` says something. */
export interface Line {
  /** 1-based; blank lines are skipped but counted. */
  readonly number: number
  /** Without line end, BOM; `null` when the line could not be delivered. A view: valid until the next batch is asked for. */
  readonly bytes: Buffer | null
  /** Length in bytes of a line over the limit; it was never held whole. */
  readonly tooLong?: number
  /** The file ends or turns unreadable here (cut or damaged gzip): for people. Nothing follows. */
  readonly broken?: string
}

export interface ReadOptions {
  /** Lines in one batch. Default 500. */
  readonly batchLines?: number
  /** Bytes after which a batch is handed over though it has fewer lines. Default 4 MiB. */
  readonly batchBytes?: number
  /** Longest line taken, in bytes. Default 16 MiB. */
  readonly maxLineBytes?: number
  /** Hears how many bytes of the file, packed as they are, have been read so far. */
  readonly onRead?: (bytes: number) => void
}

export interface NdjsonFile {
  readonly path: string
  /** From the file name, else from its first line; `null` when neither tells. */
  readonly type: string | null
  /** Size on disk, for progress. */
  readonly bytes: number
  /** What it says, where it is not on disk. */
  readonly content?: Buffer
}
