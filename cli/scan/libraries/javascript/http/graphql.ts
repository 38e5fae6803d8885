/**
 * Resolvers: @apollo/server 4 and 5, apollo-server, express-graphql, graphql-http, graphql-yoga, graphql-tools, type-
 * graphql. Documentation: https://www.apollographql.com/docs/apollo-server/data/resolvers
 */
import type { Models } from '../../../models/model.ts';

export const graphql: Models = {
  language: 'javascript',
  types: [
    ['graphql.Resolvers', '@apollo/server', 'Member[ApolloServer].Argument[0].Member[resolvers]'],
    ['graphql.Resolvers', 'apollo-server', 'Member[ApolloServer].Argument[0].Member[resolvers]'],
    ['graphql.Resolvers', 'apollo-server-express', 'Member[ApolloServer].Argument[0].Member[resolvers]'],
    [
      'graphql.Resolvers',
      '@graphql-tools/schema',
      'Member[makeExecutableSchema].Argument[0].Member[resolvers]',
    ],
    ['graphql.Resolvers', 'graphql-tools', 'Member[makeExecutableSchema].Argument[0].Member[resolvers]'],
    ['graphql.Resolvers', 'graphql-yoga', 'Member[createSchema].Argument[0].Member[resolvers]'],
    ['graphql.Resolver', 'graphql.Resolvers', 'AnyMember.AnyMember'],
    ['graphql.Resolver', 'graphql.Resolvers', 'AnyMember.AnyMember.Member[resolve,subscribe]'],
    ['graphql.Fields', 'graphql', 'Member[GraphQLObjectType].Argument[0].Member[fields]'],
    ['graphql.Fields', 'graphql', 'Member[GraphQLObjectType].Argument[0].Member[fields].ReturnValue'],
    ['graphql.Resolver', 'graphql.Fields', 'AnyMember.Member[resolve,subscribe]'],
    ['graphql.Root', 'express-graphql', 'Member[graphqlHTTP].Argument[0].Member[rootValue]'],
    ['graphql.Root', 'graphql-http/lib/use/express', 'Member[createHandler].Argument[0].Member[rootValue]'],
    ['graphql.Root', 'graphql', 'Member[graphql,graphqlSync,execute].Argument[0].Member[rootValue]'],
  ],
  sources: [
    ['graphql.Resolver', 'Parameter[1]', 'remote'],
    ['graphql.Root', 'AnyMember.Parameter[0]', 'remote'],
    ['type-graphql', 'Member[Arg,Args].ReturnValue.Argument[0]', 'remote'],
  ],
};
