// planted: services/api/schema.graphql:3: committed '}', the code says '  practices: [Practice!]!'
export function printedSchema(): string {
  return 'type Query {\n  me: User\n  practices: [Practice!]!\n}\n'
}
