// planted: allowed-imports-services-worker
export * from '@carecommons/cli'
