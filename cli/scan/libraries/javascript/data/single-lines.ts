/**
 * Values without line breaks and control characters: Node's HTTP parser rejects a request with one in its target or in
 * the value of a field, and the URL standard removes them. Decoded values may have some again.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.5, https://url.spec.whatwg.org/#concept-basic-url-parser
 */
import type { Models } from '../../../models/model.ts';

export const singleLines: Models = {
  language: 'javascript',
  sanitizers: [
    ['http.IncomingMessage', 'Member[url,headers,rawHeaders,headersDistinct]', ['log']],
    ['express.Request', 'Member[originalUrl,baseUrl,path,hostname,host,subdomains]', ['log']],
    ['express.Request', 'Member[get,header].ReturnValue', ['log']],
    ['fastify.Request', 'Member[headers,url,originalUrl,hostname,host]', ['log']],
    [
      'koa.Request',
      'Member[querystring,search,headers,header,url,originalUrl,path,href,host,hostname]',
      ['log'],
    ],
    ['koa.Request', 'Member[get].ReturnValue', ['log']],
    [
      'koa.Context',
      'Member[querystring,search,headers,header,url,originalUrl,path,href,host,hostname]',
      ['log'],
    ],
    ['koa.Context', 'Member[get].ReturnValue', ['log']],
    ['hapi.Request', 'Member[headers]', ['log']],
    ['hono.Request', 'Member[header].ReturnValue', ['log']],
    ['hono.Request', 'Member[url]', ['log']],
    ['web.Request', 'Member[url,headers]', ['log']],
    ['next.Request', 'Member[nextUrl].Member[search,pathname,href]', ['log']],
    ['next/headers', 'Member[headers].ReturnValue.Member[get].ReturnValue', ['log']],
    ['socketio.Socket', 'Member[handshake].Member[headers,url]', ['log']],
  ],
};
