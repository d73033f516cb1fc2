import { randomBytes } from 'node:crypto'
// The product's own API on a port of its own, as production runs it.
import { createApi } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'

const api = await createApi({
  sealingKey: randomBytes(32),
  database: openDatabase(process.env['APP_URL']!),
  documentsFile: process.env['DOCUMENTS_FILE']!,
  // Counted as ever, and never enough: one address asks as fast as it can.
  rates: { user: 1e9, organization: 1e9, address: 1e9 },
  log: (line) => console.error(JSON.stringify(line)),
})
const { url } = await api.listen(0)
process.send!({ url })
