// planted: allowed-imports-packages-interop
export * from '@carecommons/domain'
