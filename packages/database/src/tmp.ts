import { migrate, schemaChanges, openDatabase } from './index.ts'
import { Client } from 'pg'
const c = new Client('postgresql://postgres@127.0.0.1:5999/postgres'); await c.connect()
await c.query('drop database if exists dev'); await c.query('create database dev'); await c.end()
const url = 'postgresql://postgres@127.0.0.1:5999/dev'
console.log(await migrate(url, { name: 'commons_login', password: 'x' }))
console.log(await migrate(url, { name: 'commons_login', password: 'x' }))
console.log('changes', await schemaChanges(url))
const db = openDatabase('postgresql://commons_login@127.0.0.1:5999/dev')
console.log(await db.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => db.selectFrom('patient').selectAll().execute()))
console.log(await db.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => db.insertInto('region').values({ id: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', name: 'x', time_zone: 'y', created_at: new Date() as never }).returningAll().execute()))
console.log(await db.within({ kind: 'payer', payerId: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', userId: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', membershipId:'01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0' }, ({ db }) => db.selectFrom('patient').selectAll().execute()).catch(e => e.message))
await db.close()
