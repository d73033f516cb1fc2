// planted: pure-packages
// planted: kernel-depends-on-nothing
export * from 'node:http'
