export const views = {
  button: 'Views',
  none: 'Filter, sort and choose columns as you need them, then keep them under a name.',
  mine: 'Yours',
  shared: 'Shared with the practice',
  of: ({
    mine,
    audience,
    owner,
    practiceName,
  }: {
    mine: boolean
    audience: 'ME' | 'PRACTICE'
    owner: string
    practiceName: string | null
  }) => (mine ? (audience === 'PRACTICE' ? `shared with ${practiceName ?? 'the practice'}` : '') : `by ${owner}`),
  open: (name: string) => `View: ${name}`,
  changed: 'changed, not saved',
  keep: 'Keep this view…',
  keepTitle: 'Keep this view',
  keepVerb: 'Keep',
  keepExplained: 'Its filters, its order and its columns; not what you searched for, and not who is on the list today.',
  saveChanges: 'Save changes',
  rename: 'Rename or share…',
  renameTitle: 'Rename or share this view',
  save: 'Save',
  name: 'Name',
  nameHint: 'Others may read it: no patient’s name.',
  forWhom: 'For whom',
  audiences: { ME: 'For me', PRACTICE: 'For everybody of the practice, and its care managers' },
  chooseOne: 'Over several practices a view is yours alone. Choose one practice in the list to share it there.',
  withdraw: 'Withdraw…',
  withdrawTitle: (name: string) => `Withdraw “${name}”`,
  withdrawVerb: 'Withdraw',
  withdrawShared: 'Nobody of the practice finds this view any more. Its patients and their records stay as they are.',
  withdrawOwn: 'You will not find this view any more. Its patients and their records stay as they are.',
  gone: 'This view is not there any more',
  goneAdvice: 'It was withdrawn, or is shared with you no longer. The list shows everybody the filters below find.',
  notSaved: 'Your changes are not saved',
  practice: 'Practice',
  anyPractice: 'All my practices',
}
