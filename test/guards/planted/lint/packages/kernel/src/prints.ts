// planted: no-console
export function announce(name: string): void {
  console.log(name)
}
