// planted: allowed-imports-packages-kernel
export * from '@carecommons/access'
