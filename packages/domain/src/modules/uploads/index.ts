export { failUpload } from './fail-upload.ts'
export { landUpload } from './land-upload.ts'
export { RecordUpload } from './record-upload.entity.ts'
