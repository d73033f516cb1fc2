export { FORGET_RISK } from './forget-risk.ts'
export { PatientRisk, RiskScore } from './risk.entity.ts'
export { openRiskFollower } from './work-out-risk.ts'
