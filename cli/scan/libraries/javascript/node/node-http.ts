/**
 * Node 20 to 24: http, https, http2, net, tls, dns, dgram. Documentation:
 * https://nodejs.org/docs/latest-v24.x/api/http.html
 */
import type { Condition, Models } from '../../../models/model.ts';
import { locationHeader } from '../http/header-conditions.ts';

/** An HTTP request or response that is assembled as text. */
const handWritten: Condition = {
  at: 'Argument[0]',
  begins: ['HTTP/1.', 'GET /', 'POST /', 'PUT /', 'DELETE /', 'PATCH /', 'HEAD /'],
};

export const nodeHttp: Models = {
  language: 'javascript',
  types: [
    ['http.Module', 'http', ''],
    ['http.Module', 'https', ''],
    ['http.Server', 'http.Module', 'Member[createServer].ReturnValue'],
    ['http.Server', 'http.Module', 'Member[Server].Instance'],
    ['http.Listener', 'http.Module', 'Member[createServer].Argument[0,1]'],
    ['http.Listener', 'http2', 'Member[createServer,createSecureServer].Argument[0,1]'],
    ['http.Listener', 'http', 'Member[RequestListener].Instance'],
    // 'request'; also 'upgrade', 'connect' and 'checkContinue', whose first argument is the request.
    ['http.Listener', 'http.Server', 'Member[on,once,addListener].Argument[1]'],
    ['http.IncomingMessage', 'http.Listener', 'Parameter[0]'],
    ['http.ServerResponse', 'http.Listener', 'Parameter[1]'],
    ['http.IncomingMessage', 'http', 'Member[IncomingMessage].Instance'],
    ['http.ServerResponse', 'http', 'Member[ServerResponse].Instance'],
    ['http.IncomingMessage', 'http2', 'Member[Http2ServerRequest].Instance'],
    ['http.ServerResponse', 'http2', 'Member[Http2ServerResponse].Instance'],
    ['http.ServerResponse', 'http.ServerResponse', 'Member[writeHead,setHeader,setHeaders].ReturnValue'],
    ['net.Socket', 'net', 'Member[createServer].Argument[0,1].Parameter[0]'],
    ['net.Socket', 'tls', 'Member[createServer].Argument[0,1].Parameter[0]'],
    ['net.Client', 'net', 'Member[connect,createConnection].ReturnValue'],
    ['net.Client', 'net', 'Member[Socket].Instance'],
    ['net.Client', 'tls', 'Member[connect].ReturnValue'],
  ],
  sources: [
    ['http.IncomingMessage', 'Member[url,headers,rawHeaders,headersDistinct,trailers]', 'remote'],
    ['http.IncomingMessage', 'Member[on,once,addListener].Argument[1].Parameter[0]', 'remote'],
    ['http.IncomingMessage', 'Member[read].ReturnValue', 'remote'],
    // `for await (const chunk of request)`
    ['http.IncomingMessage', 'Member[__element__]', 'remote'],
    ['net.Socket', 'Member[on,once].Argument[1].Parameter[0]', 'remote'],
    ['dgram', 'Member[createSocket].ReturnValue.Member[on].Argument[1].Parameter[0]', 'remote'],
  ],
  sinks: [
    ['http.ServerResponse', 'Member[write,end].Argument[0]', 'xss'],
    ['http.ServerResponse', 'Member[write,end].Argument[0]', 'leak'],
    ['http.ServerResponse', 'Member[write,end].Argument[0]', 'csv', { at: '', answers: 'csv' }],
    // A response that is assembled by hand.
    ['http.IncomingMessage', 'Member[socket].Member[write,end].Argument[0]', 'header'],
    ['http.ServerResponse', 'Member[socket].Member[write,end].Argument[0]', 'header'],
    ['net.Socket', 'Member[write,end].Argument[0]', 'header', handWritten],
    ['net.Client', 'Member[write,end].Argument[0]', 'header', handWritten],
    ['http.ServerResponse', 'Member[setHeader,appendHeader].Argument[0]', 'header'],
    ['http.ServerResponse', 'Member[setHeader].Argument[1]', 'redirect', locationHeader],
    ['http.ServerResponse', 'Member[writeHead].Argument[1,2].Member[Location,location]', 'redirect'],
    ['http.Module', 'Member[get,request].Argument[0]', 'ssrf'],
    ['http.Module', 'Member[get,request].Argument[0,1].Member[host,hostname]', 'ssrf'],
    ['http2', 'Member[connect].Argument[0]', 'ssrf'],
    ['net', 'Member[connect,createConnection].Argument[1]', 'ssrf'],
    ['net', 'Member[connect,createConnection].Argument[0].Member[host]', 'ssrf'],
    ['tls', 'Member[connect].Argument[1]', 'ssrf'],
    ['tls', 'Member[connect].Argument[0].Member[host]', 'ssrf'],
  ],
  presence: [{ packages: ['http', 'nodehttp'], isServer: true }],
  traits: [['http.ServerResponse', '', 'passed-to-handlers']],
};
