export { FORGET_RISK } from './forget-risk.ts'
export { PatientRisk, RiskCalibration, RiskOutcome, RiskScore, TierOverride } from './risk.entity.ts'
export { riskOf } from './read-risk.ts'
export { openRiskFollower } from './work-out-risk.ts'
