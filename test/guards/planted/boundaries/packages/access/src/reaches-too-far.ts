// planted: allowed-imports-packages-access
export * from '@carecommons/domain'
