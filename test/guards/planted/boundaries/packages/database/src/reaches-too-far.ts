// planted: allowed-imports-packages-database
export * from '@carecommons/api'
