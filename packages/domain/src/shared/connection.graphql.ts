import { type ClassType, Field, Int, ObjectType } from 'type-graphql'
import type { Connection } from './page-of.ts'

@ObjectType('PageInfo', { simpleResolvers: true })
export class PageInfoType {
  @Field(() => Boolean) hasNextPage!: boolean
  @Field(() => String, { nullable: true }) endCursor!: string | null
}

/** The types of a paged list, `<Name>Edge` and `<Name>Connection`. */
export function connectionOf<Node extends object>(name: string, Node: ClassType<Node>): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType {
    @Field(() => String) cursor!: string
    @Field(() => Node) node!: Node
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType]) edges!: EdgeType[]
    @Field(() => PageInfoType) pageInfo!: PageInfoType
    @Field(() => Int, { description: 'Under the same conditions, on all pages.' }) totalCount!: number
  }
  return ConnectionType
}
