// planted: switch-exhaustiveness-check
export function word(state: 'active' | 'paused'): string {
  let said = ''
  switch (state) {
    case 'active':
      said = 'on'
  }
  return said
}
