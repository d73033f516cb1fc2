// planted: pure-packages
export * from 'kysely'
