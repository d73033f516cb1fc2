// Preloaded into a measured process: when it ends, it writes what it used to the file that COMMONS_USAGE_FILE names.
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) process.on('exit', () => writeFileSync(process.env.COMMONS_USAGE_FILE, JSON.stringify(process.resourceUsage())))
