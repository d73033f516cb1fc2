// planted: pure-packages
export * from 'bullmq'
