// planted: modules-through-their-index
export * from '#graphql/patient'
