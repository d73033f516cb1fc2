// planted: allowed-imports-web
export * from '@carecommons/domain'
