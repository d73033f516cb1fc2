// planted: exports: unused
// planted: types: Unused
export function used(): void {}

export function unused(): void {}

export interface Unused {
  readonly name: string
}
