/**
 * @nestjs/common 10 and 11. On the Express adapter, a string that a handler returns is sent as `text/html`, an object as
 * JSON. Documentation: https://docs.nestjs.com/controllers
 */
import type { Models } from '../../models/model.ts';

export const nest: Models = {
  language: 'javascript',
  types: [
    ['express.Request', '@nestjs/common', 'Member[Req,Request].ReturnValue.Argument[0]'],
    ['express.Response', '@nestjs/common', 'Member[Res,Response].ReturnValue.Argument[0]'],
    ['express.UploadedFile', '@nestjs/common', 'Member[UploadedFile].ReturnValue.Argument[0]'],
    ['express.UploadedFile', '@nestjs/common', 'Member[UploadedFiles].ReturnValue.Argument[0].AnyMember'],
    ['express.Session', '@nestjs/common', 'Member[Session].ReturnValue.Argument[0]'],
    ['nest.Handler', '@nestjs/common', 'Member[Get,All].ReturnValue.Argument[0]'],
    ['nest.Host', '@nestjs/common', 'Member[ArgumentsHost,ExecutionContext].Instance'],
    ['nest.Http', 'nest.Host', 'Member[switchToHttp].ReturnValue'],
    ['express.Request', 'nest.Http', 'Member[getRequest].ReturnValue'],
    ['express.Response', 'nest.Http', 'Member[getResponse].ReturnValue'],
    ['axios.Instance', '@nestjs/axios', 'Member[HttpService].Instance'],
    ['axios.Instance', '@nestjs/axios', 'Member[HttpService].Instance.Member[axiosRef]'],
  ],
  sources: [
    [
      '@nestjs/common',
      'Member[Query,Param,Body,Headers,HostParam,RawBody].ReturnValue.Argument[0]',
      'remote',
    ],
    ['@nestjs/websockets', 'Member[MessageBody].ReturnValue.Argument[0]', 'remote'],
    ['@nestjs/websockets', 'Member[SubscribeMessage].ReturnValue.Argument[0].Parameter[1]', 'remote'],
    // An exception filter is a class whose method `catch` gets the thrown value.
    ['@nestjs/common', 'Member[Catch].ReturnValue.Argument[0].Instance.Member[catch].Parameter[0]', 'error'],
    ['@nestjs/graphql', 'Member[Args].ReturnValue.Argument[0]', 'remote'],
    ['@nestjs/microservices', 'Member[Payload].ReturnValue.Argument[0]', 'remote'],
  ],
  // A parameter of a path or a host is a string, and the route declares its name.
  sanitizers: [
    ['@nestjs/common', 'Member[Param,HostParam].ReturnValue.Argument[0]', ['nosql', 'mass-assignment']],
  ],
  sinks: [
    // Only GET: other methods mostly return their parsed body, an object.
    ['nest.Handler', 'ReturnValue', 'xss'],
    ['nest.Handler', 'ReturnValue', 'leak'],
    ['nest.Handler', 'ReturnValue.AnyMember', 'leak'],
    ['@nestjs/common', 'Member[Redirect].ReturnValue.Argument[0].ReturnValue.Member[url]', 'redirect'],
  ],
  presence: [{ packages: ['nestjs'], isServer: true }],
};
