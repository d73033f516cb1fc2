export { ClinicalFact, Code, DirectoryVersion, ResourceVersion, type Sensitivity, sensitivity } from './record.entity.ts'
