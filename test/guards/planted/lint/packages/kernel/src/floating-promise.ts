// planted: no-floating-promises
async function save(): Promise<void> {}

export function saveAndForget(): void {
  save()
}
