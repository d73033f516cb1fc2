// planted: allowed-imports-packages-domain
export * from '@carecommons/database'
