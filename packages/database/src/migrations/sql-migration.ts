import { readFileSync } from 'node:fs'
import { Migration } from '@mikro-orm/migrations'

/** A forward-only migration whose statements stand in the `.sql` file of the same name. */
export function sqlMigration(name: string): { name: string; class: new (...args: ConstructorParameters<typeof Migration>) => Migration } {
  return {
    name,
    class: class extends Migration {
      override up(): void {
        this.addSql(readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8'))
      }
    },
  }
}
