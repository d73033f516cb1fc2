import base from './eslint.config.js'
export default [...base, { files: ['packages/*/src/**/*.ts','services/*/src/**/*.ts','web/src/**/*.{ts,tsx}'], ignores:['**/*.test.ts'], rules: { '@typescript-eslint/no-unsafe-assignment':'error','@typescript-eslint/no-unsafe-return':'error','@typescript-eslint/no-unsafe-argument':'error' } }]
