// planted: no migration yet for: alter table "patient" add column "nickname" text
export async function pendingSchemaChanges(): Promise<string[]> {
  return ['alter table "patient" add column "nickname" text']
}
