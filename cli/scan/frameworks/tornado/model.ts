// Tornado 6.4.2; read in Debian 13's package.
import type { Models } from '../../models/model.ts';

/**
 * Models of Tornado. Header values are no sinks, because `set_header` and `add_header` reject control characters. `write`
 * sends a dictionary as JSON, not as HTML.
 */
export const tornado: Models = {
  language: 'python',
  types: [
    ['tornado.RequestHandler', 'tornado.web', 'Member[RequestHandler].Instance'],
    ['tornado.WebSocketHandler', 'tornado.websocket', 'Member[WebSocketHandler].Instance'],
    ['tornado.RequestHandler', 'tornado.websocket', 'Member[WebSocketHandler].Instance'],
    ['tornado.HTTPServerRequest', 'tornado.RequestHandler', 'Member[request]'],
    ['tornado.HTTPServerRequest', 'tornado.httputil', 'Member[HTTPServerRequest].Instance'],
    ['tornado.HTTPClient', 'tornado.httpclient', 'Member[AsyncHTTPClient,HTTPClient].Instance'],
  ],
  sources: [
    [
      'tornado.RequestHandler',
      'Member[get_argument,get_arguments,get_query_argument,get_query_arguments,get_body_argument,get_body_arguments,get_cookie,decode_argument].ReturnValue',
      'remote',
    ],
    ['tornado.RequestHandler', 'Member[path_args,path_kwargs,cookies]', 'remote'],
    [
      'tornado.RequestHandler',
      'Member[get,post,put,patch,delete,head,options,prepare].Parameter[0..]',
      'remote',
    ],
    [
      'tornado.HTTPServerRequest',
      'Member[arguments,query_arguments,body_arguments,body,files,headers,uri,path,query,cookies,host,host_name]',
      'remote',
    ],
    ['tornado.HTTPServerRequest', 'Member[full_url].ReturnValue', 'remote'],
    ['tornado.RequestHandler', 'Member[write_error].Parameter[1].Member[exc_info]', 'error'],
    ['tornado.WebSocketHandler', 'Member[on_message].Parameter[0]', 'remote'],
    ['tornado.WebSocketHandler', 'Member[open].Parameter[0..]', 'remote'],
  ],
  sinks: [
    ['tornado.RequestHandler', 'Member[write,finish].Argument[0,chunk:]', 'xss'],
    ['tornado.RequestHandler', 'Member[write,finish].Argument[0,chunk:]', 'leak'],
    ['tornado.RequestHandler', 'Member[render].Argument[1..,*:]', 'leak'],
    ['tornado.RequestHandler', 'Member[redirect].Argument[0,url:]', 'redirect'],
    ['tornado.RequestHandler', 'Member[set_header,add_header].Argument[0,name:]', 'header'],
    ['tornado.template', 'Member[Template].Argument[0,template_string:]', 'template'],
    ['tornado.RequestHandler', 'Member[render].Argument[0,template_name:]', 'path'],
    ['tornado.HTTPClient', 'Member[fetch].Argument[0,request:]', 'ssrf'],
    ['tornado.httpclient', 'Member[HTTPRequest].Argument[0,url:]', 'ssrf'],
    ['tornado.websocket', 'Member[websocket_connect].Argument[0,url:]', 'ssrf'],
  ],
  summaries: [
    [
      'tornado.escape',
      'Member[xhtml_escape,xhtml_unescape,url_escape,url_unescape,json_encode,json_decode,squeeze,utf8,to_unicode,native_str,to_basestring,linkify,recursive_unicode,parse_qs_bytes]',
      'Argument[0]',
      'ReturnValue',
      'taint',
    ],
  ],
  sanitizers: [
    // An error that the program raises itself, for the client.
    [
      'tornado.RequestHandler',
      'Member[write_error].Parameter[1].Member[exc_info].AnyMember.Member[log_message,reason,status_code]',
      ['leak'],
    ],
    // Strings, which contain no operators of a document store's filter.
    [
      'tornado.RequestHandler',
      'Member[get_argument,get_query_argument,get_body_argument,get_cookie].ReturnValue',
      ['nosql'],
    ],
    ['tornado.escape', 'Member[xhtml_escape].ReturnValue', ['xss']],
    ['tornado.escape', 'Member[url_escape].ReturnValue', ['xss', 'header', 'log']],
    ['tornado.escape', 'Member[linkify].ReturnValue', ['xss']],
    ['tornado.HTTPServerRequest', 'Member[host]', ['redirect']],
    // Read line by line, and not decoded.
    ['tornado.HTTPServerRequest', 'Member[uri,path,query,host,host_name,headers]', ['log']],
    ['tornado.HTTPServerRequest', 'Member[full_url].ReturnValue', ['log']],
    ['tornado.HTTPServerRequest', 'Member[full_url].ReturnValue', ['redirect']],
    ['tornado.RequestHandler', 'Member[render_string].ReturnValue', ['xss']],
    // Reported where the request object is made from the URL.
    ['tornado.httpclient', 'Member[HTTPRequest].ReturnValue', ['ssrf']],
    ['tornado.RequestHandler', 'Member[reverse_url].ReturnValue', ['xss', 'redirect']],
  ],
  traits: [
    ['tornado.HTTPServerRequest', '', 'is-request'],
    ['tornado.RequestHandler', '', 'is-request'],
    ['tornado.RequestHandler', '', 'decodes-path-parts', 'deep'],
    ['tornado.HTTPServerRequest', '', 'decodes-path-parts', 'deep'],
    ['tornado.web', '', 'decodes-path-parts', 'deep'],
    ['tornado.WebSocketHandler', '', 'decodes-path-parts', 'deep'],
    ['tornado.RequestHandler', '', 'passes-path-parts-only', 'deep'],
    ['tornado.WebSocketHandler', '', 'passes-path-parts-only', 'deep'],
    ['tornado.RequestHandler', '', 'passes-path-parts-first', 'deep'],
    ['tornado.WebSocketHandler', '', 'passes-path-parts-first', 'deep'],
  ],
};
