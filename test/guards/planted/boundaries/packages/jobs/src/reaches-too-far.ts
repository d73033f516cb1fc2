// planted: allowed-imports-packages-jobs
export * from '@carecommons/domain'
