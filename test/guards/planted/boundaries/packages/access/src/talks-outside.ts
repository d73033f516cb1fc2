// planted: pure-packages
export * from 'pg'
