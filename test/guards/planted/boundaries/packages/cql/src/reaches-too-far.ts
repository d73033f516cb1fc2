// planted: allowed-imports-packages-cql
export * from '@carecommons/interop'
