import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { words } from '../../words/index.ts'
import type { Shown } from '../views/saved-view.ts'
import styles from './exports.module.css'
import { FileState } from './file-state.tsx'
import type { Format, useExports } from './use-exports.ts'

const t = words.exports
const FORMATS: readonly Format[] = ['CSV', 'NDJSON']

/** Has a file made of the list, or of those chosen in it, and finds the files of the last day again. */
export function ExportMenu(props: { exports: ReturnType<typeof useExports>; shown: Shown; ids: readonly string[] }) {
  const { exports, shown, ids } = props
  const { files } = exports
  return (
    <Menu label={t.button} icon="download">
      <p className={`${styles['what']} soft small`}>{ids.length > 0 ? t.ofChosen(ids.length) : t.ofAll}</p>
      {FORMATS.map((format) => (
        <Button
          key={format}
          look="quiet"
          onClick={({ currentTarget }) => {
            currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
            void exports.ask(format, shown, ids)
          }}
        >
          {t.formats[format]}
        </Button>
      ))}
      {files.length > 0 && (
        <ul className={styles['files']} aria-label={t.files}>
          {files.map((file) => (
            <li key={file.id}>
              <FileState file={file} />
            </li>
          ))}
        </ul>
      )}
    </Menu>
  )
}
