// Python 3.11 to 3.13's standard library (http.server, wsgiref, cgi, socket, socketserver), websockets 15.0.1;
// read in the installed interpreter and Debian 13's package.
import type { Models } from '../../../models/model.ts';

const servers: readonly string[] = [
  'QUERY_STRING',
  'PATH_INFO',
  'REQUEST_URI',
  'RAW_URI',
  'HTTP_COOKIE',
  'HTTP_REFERER',
  'HTTP_USER_AGENT',
  'HTTP_HOST',
];

/** Variables of the environment that only a CGI request sets, never a configuration. */
const scripts: readonly string[] = [
  'QUERY_STRING',
  'PATH_INFO',
  'REQUEST_URI',
  'HTTP_COOKIE',
  'HTTP_REFERER',
];

/** Servers without a framework. `send_header` of `http.server` writes line breaks unchanged. */
export const httpServer: Models = {
  language: 'python',
  types: [
    [
      'http.server.Handler',
      'http.server',
      'Member[BaseHTTPRequestHandler,SimpleHTTPRequestHandler,CGIHTTPRequestHandler].Instance',
    ],
    ['http.server.Handler', 'BaseHTTPServer', 'Member[BaseHTTPRequestHandler].Instance'],
    ['http.server.Headers', 'http.server.Handler', 'Member[headers]'],
    [
      'socketserver.Handler',
      'socketserver',
      'Member[BaseRequestHandler,StreamRequestHandler,DatagramRequestHandler].Instance',
    ],
    ['wsgi.environ', 'wsgiref.simple_server', 'Member[make_server].Argument[2,app:].Parameter[0]'],
    ['wsgi.start_response', 'wsgiref.simple_server', 'Member[make_server].Argument[2,app:].Parameter[1]'],
    ['wsgi.namedEnviron', 'wsgi.environ', 'Member[environ]'],
    ['wsgi.app', 'wsgiref.simple_server', 'Member[make_server].Argument[2,app:]'],
    ['cgi.FieldStorage', 'cgi', 'Member[FieldStorage].Instance'],
    ['socket.socket', 'socket', 'Member[socket].Instance'],
    ['socket.socket', 'socket', 'Member[create_connection,create_server].ReturnValue'],
    ['socket.socket', 'socket.socket', 'Member[accept].ReturnValue.AnyMember'],
    ['socket.socket', 'socketserver.Handler', 'Member[request]'],
    ['asyncio.StreamReader', 'asyncio', 'Member[start_server].Argument[0,client_connected_cb:].Parameter[0]'],
    ['websockets.Connection', 'websockets', 'Member[serve].Argument[0,handler:,ws_handler:].Parameter[0]'],
    [
      'websockets.Connection',
      'websockets.server',
      'Member[serve].Argument[0,handler:,ws_handler:].Parameter[0]',
    ],
    ['websockets.Connection', 'websockets.asyncio.server', 'Member[serve].Argument[0,handler:].Parameter[0]'],
    ['websockets.Connection', 'websockets.sync.server', 'Member[serve].Argument[0,handler:].Parameter[0]'],
    ['websockets.Connection', 'websockets.asyncio.server', 'Member[ServerConnection].Instance'],
    ['websockets.Connection', 'websockets', 'Member[WebSocketServerProtocol].Instance'],
  ],
  sources: [
    ['http.server.Handler', 'Member[path,headers,rfile,requestline,raw_requestline]', 'remote'],
    ['socketserver.Handler', 'Member[rfile,packet]', 'remote'],
    ['wsgi.environ', 'AnyMember', 'remote'],
    ['wsgi.environ', 'Member[get].ReturnValue', 'remote'],
    // Other mappings are called `environ` too: only a server sets these entries.
    ['wsgi.namedEnviron', `Member[${servers.join(',')}]`, 'remote'],
    ['wsgi.namedEnviron', 'Member[get].ReturnValue', 'remote', { at: 'Argument[0]', begins: servers }],
    // A CGI program finds the request here.
    ['os.Environ', `Member[${scripts.join(',')}]`, 'remote'],
    ['os.Environ', 'Member[get].ReturnValue', 'remote', { at: 'Argument[0]', begins: scripts }],
    ['os', 'Member[getenv].ReturnValue', 'remote', { at: 'Argument[0]', begins: scripts }],
    ['cgi.FieldStorage', 'AnyMember', 'remote'],
    ['cgi.FieldStorage', 'Member[getvalue,getfirst,getlist].ReturnValue', 'remote'],
    ['cgi', 'Member[parse].ReturnValue', 'remote'],
    ['socket.socket', 'Member[recv,recvfrom,recvmsg].ReturnValue', 'remote'],
    ['socket.socket', 'Member[makefile].ReturnValue.Member[read,readline,readlines].ReturnValue', 'remote'],
    ['socket.socket', 'Member[recv_into].Argument[0,buffer:]', 'remote'],
    ['asyncio.StreamReader', 'Member[read,readline,readexactly,readuntil].ReturnValue', 'remote'],
    ['websockets.Connection', 'Member[recv,recv_streaming].ReturnValue', 'remote'],
    // Each message of `async for message in connection`.
    ['websockets.Connection', 'AnyMember', 'remote'],
    ['websockets.Connection', 'Member[path,request_headers]', 'remote'],
  ],
  sinks: [
    ['http.server.Handler', 'Member[wfile].Member[write].Argument[0]', 'xss'],
    ['http.server.Handler', 'Member[wfile].Member[write].Argument[0]', 'leak'],
    ['http.server.Handler', 'Member[send_header].Argument[0,1,keyword:,value:]', 'header'],
    ['wsgi.app', 'ReturnValue', 'xss'],
    ['wsgi.app', 'ReturnValue.AnyMember', 'xss'],
    ['wsgi.app', 'ReturnValue', 'leak'],
    ['wsgi.start_response', 'Argument[0,1,status:,headers:]', 'header'],
  ],
  summaries: [
    [
      'http.server.Headers',
      'Member[get,get_all,getheader,items,values]',
      'Argument[this]',
      'ReturnValue',
      'taint',
    ],
    ['http.server.Headers', 'Member[get]', 'Argument[1,failobj:]', 'ReturnValue', 'value'],
    ['wsgiref.util', 'Member[request_uri]', 'Argument[0,environ:]', 'ReturnValue', 'taint'],
    ['http.cookies', 'Member[SimpleCookie]', 'Argument[0]', 'ReturnValue', 'taint'],
  ],
  sanitizers: [
    // Servers reject a method that is no token, and tokens contain no `<`.
    ['wsgi.environ', 'Member[REQUEST_METHOD]', ['xss']],
    ['wsgi.environ', 'Member[get].ReturnValue', ['xss'], { at: 'Argument[0]', is: ['REQUEST_METHOD'] }],
  ],
  guesses: [
    ['wsgi.namedEnviron', ['environ', '(environ)']],
    ['wsgi.start_response', ['start_response']],
  ],
  traits: [
    ['wsgi.namedEnviron', '', 'entries-by-get', 'deep'],
    ['socket.socket', '', 'read-by-every-program', 'deep'],
    ['socket', '', 'read-by-every-program', 'deep'],
    ['wsgi.start_response', '', 'starts-answer'],
  ],
};
