/**
 * Remote procedures: gRPC (@grpc/grpc-js 1, Connect 2), Moleculer 0.14, jayson 4, NestJS' microservices 10 and 11, the
 * Model Context Protocol's SDK 1; sockets (websocket 1, express-ws 5, @fastify/websocket, primus 8, uWebSockets);
 * GraphQL by Pothos 4, Nexus 1, Mercurius 16 and graphql-http 1. Documentation: the README of each.
 */
import type { Models } from '../../../models/model.ts';

const connect = '@connectrpc/connect';
const pothosFields =
  'field,string,int,float,boolean,id,stringList,intList,idList,booleanList,floatList,fieldWithInput,prismaField,connection,prismaConnection,drizzleField';
const pothosTypes =
  'queryType,mutationType,subscriptionType,objectType,queryFields,mutationFields,subscriptionFields,objectFields';
const handlers = ['fetch', 'http', 'http2', 'koa', 'fastify', 'node', 'uWebSockets'];

export const remoteCalls: Models = {
  language: 'javascript',
  types: [
    [
      'grpc.Call',
      '@grpc/grpc-js',
      'Member[ServerUnaryCall,ServerWritableStream,ServerReadableStream,ServerDuplexStream].Instance',
    ],
    [
      'grpc.Call',
      '@grpc/grpc-js',
      'Member[Server].Instance.Member[addService].Argument[1].AnyMember.Parameter[0]',
    ],
    ['grpc.Call', '@grpc/grpc-js', 'Member[handleUnaryCall,handleServerStreamingCall].Instance.Parameter[0]'],
    ['grpc.Call', 'grpc', 'Member[Server].Instance.Member[addService].Argument[1].AnyMember.Parameter[0]'],
    ['connect.Method', connect, 'Member[ConnectRouter].Instance.Member[service].Argument[1].AnyMember'],
    ['connect.Method', connect, 'Member[ConnectRouter].Instance.Member[rpc].Argument[1,2]'],
    ['moleculer.Context', 'moleculer', 'Member[Context].Instance'],
    ['moleculer.Schema', 'moleculer', 'Member[ServiceBroker].Instance.Member[createService].Argument[0]'],
    ['moleculer.Schema', 'moleculer', 'Member[Service].Instance.Member[parseServiceSchema].Argument[0]'],
    ['moleculer.Schema', 'moleculer', 'Member[ServiceSchema].Instance'],
    ['moleculer.Context', 'moleculer.Schema', 'Member[actions].AnyMember.Parameter[0]'],
    ['moleculer.Context', 'moleculer.Schema', 'Member[actions].AnyMember.Member[handler].Parameter[0]'],
    ['mcp.Server', '@modelcontextprotocol/sdk/server/mcp.js', 'Member[McpServer].Instance'],
    ['mcp.Server', '@modelcontextprotocol/sdk/server/mcp', 'Member[McpServer].Instance'],
    ['mcp.Server', '@modelcontextprotocol/server', 'Member[McpServer].Instance'],
    [
      'websocket.Connection',
      'websocket',
      'Member[server].Instance.Member[on].Argument[1].Parameter[0].Member[accept].ReturnValue',
    ],
    ['ws.Socket', 'express-ws', 'ReturnValue.Member[app].Member[ws].Argument[1..].Parameter[0]'],
    ['ws.Socket', 'express.Application', 'Member[ws].Argument[1..].Parameter[0]'],
    ['http.IncomingMessage', 'express.Application', 'Member[ws].Argument[1..].Parameter[1]'],
    ['ws.Socket', 'fastify.Handler', 'Parameter[0]'],
    ['ws.Socket', 'fastify.Handler', 'Parameter[0].Member[socket]'],
    ['primus.Spark', 'primus', 'Instance.Member[on].Argument[1].Parameter[0]'],
    ['pothos.Builder', '@pothos/core', 'Instance'],
    ['graphql.Resolver', 'pothos.Fields', `Member[${pothosFields}].Argument[0].Member[resolve]`],
    ['pothos.Fields', 'pothos.Builder', `Member[${pothosTypes}].Argument[0].Member[fields].Parameter[0]`],
    ['pothos.Fields', 'pothos.Builder', `Member[${pothosTypes}].Argument[0].Parameter[0]`],
    ['pothos.Fields', 'pothos.Builder', `Member[${pothosTypes}].Argument[1].Member[fields].Parameter[0]`],
    ['pothos.Fields', 'pothos.Builder', `Member[${pothosTypes}].Argument[1].Parameter[0]`],
    [
      'graphql.Resolver',
      'pothos.Builder',
      'Member[queryField,mutationField].Argument[1].ReturnValue.Argument[0].Member[resolve]',
    ],
    ['pothos.Fields', 'pothos.Builder', 'Member[queryField,mutationField].Argument[1].Parameter[0]'],
    [
      'graphql.Resolver',
      'nexus',
      'Member[queryField,mutationField,subscriptionField].Argument[1].Member[resolve]',
    ],
    [
      'graphql.Resolver',
      'nexus.Fields',
      'Member[field,nonNull,list,nullable,string,int,float,boolean,id].Argument[1].Member[resolve]',
    ],
    [
      'nexus.Fields',
      'nexus',
      'Member[queryType,mutationType,objectType,extendType].Argument[0].Member[definition].Parameter[0]',
    ],
    ['graphql.Resolvers', 'fastify.Instance', 'Member[register].Argument[1].Member[resolvers]'],
    ['graphql.Resolvers', 'mercurius', 'Member[IResolvers].Instance'],
    ...handlers.map(
      (name) =>
        [
          'graphql.Root',
          `graphql-http/lib/use/${name}`,
          'Member[createHandler].Argument[0].Member[rootValue]',
        ] as const,
    ),
  ],
  sources: [
    ['grpc.Call', 'Member[request]', 'remote'],
    ['grpc.Call', 'Member[metadata].Member[get].ReturnValue', 'remote'],
    ['grpc.Call', 'Member[on].Argument[1].Parameter[0]', 'remote'],
    ['connect.Method', 'Parameter[0]', 'remote'],
    ['moleculer.Context', 'Member[params]', 'remote'],
    ['jayson', 'Member[server,Server].Argument[0].AnyMember.Parameter[0]', 'remote'],
    ['jayson/promise', 'Member[server,Server].Argument[0].AnyMember.Parameter[0]', 'remote'],
    [
      '@nestjs/microservices',
      'Member[MessagePattern,EventPattern,GrpcMethod].ReturnValue.Argument[0].Parameter[0]',
      'remote',
    ],
    // The arguments that a client, or the model behind it, passes to a tool.
    ['mcp.Server', 'Member[tool].Argument[2,3,4].Parameter[0]', 'remote'],
    ['mcp.Server', 'Member[registerTool,registerPrompt].Argument[2].Parameter[0]', 'remote'],
    ['mcp.Server', 'Member[registerResource].Argument[3].Parameter[0,1]', 'remote'],
    ['websocket.Connection', 'Member[on].Argument[1].Parameter[0].Member[utf8Data,binaryData]', 'remote'],
    ['primus.Spark', 'Member[on].Argument[1].Parameter[0]', 'remote'],
  ],
};
