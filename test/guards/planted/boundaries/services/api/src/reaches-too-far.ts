// planted: allowed-imports-services-api
export * from '@carecommons/worker'
