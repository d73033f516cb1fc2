export { ClinicalFact, Code, DirectoryVersion, ResourceVersion } from './record.entity.ts'
