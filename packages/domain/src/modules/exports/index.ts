export { failExport } from './fail-export.ts'
export { forgetExports } from './forget-exports.ts'
export { ListExport } from './list-export.entity.ts'
export { writeExport } from './write-export.ts'
