// planted: allowed-imports-packages-demo
export * from '@carecommons/interop'
