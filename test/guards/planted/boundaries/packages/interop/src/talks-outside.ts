// planted: pure-packages
export * from 'express'
