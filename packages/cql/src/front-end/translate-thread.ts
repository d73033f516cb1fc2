import { parentPort, workerData } from 'node:worker_threads'
import { translateHere } from './translator.ts'

parentPort?.postMessage(translateHere(workerData as string[]))
