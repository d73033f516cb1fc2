// The API in a process of its own, so that it can be killed. Tells its address when it listens.
import { createApi } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'

const api = await createApi({
  sealingKey: Buffer.from(process.env['SEALING_KEY']!, 'base64'),
  database: openDatabase(process.env['APP_URL']!),
  log: () => undefined,
})
process.send!({ url: (await api.listen(0)).url })
