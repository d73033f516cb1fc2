// planted: allowed-imports-services-cli
export * from '../../../web/src/main.tsx'
