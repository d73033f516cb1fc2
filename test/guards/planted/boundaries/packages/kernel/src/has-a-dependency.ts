// planted: kernel-depends-on-nothing
export * from 'graphql'
