/** ws 8, socket.io 4, sockjs. Documentation: https://socket.io/docs/v4/server-api/ */
import type { Models } from '../../../models/model.ts';

export const webSockets: Models = {
  language: 'javascript',
  types: [
    ['ws.Server', 'ws', 'Member[WebSocketServer,Server].Instance'],
    ['ws.Socket', 'ws.Server', 'Member[on,once].Argument[1].Parameter[0]'],
    ['http.IncomingMessage', 'ws.Server', 'Member[on,once].Argument[1].Parameter[1]'],
    ['ws.Socket', 'ws', 'Instance'],
    ['ws.Socket', 'ws', 'Member[WebSocket].Instance'],
    ['ws.Socket', 'ws.Server', 'Member[handleUpgrade].Argument[3].Parameter[0]'],
    ['socketio.Server', 'socket.io', 'Member[Server].Instance'],
    ['socketio.Server', 'socket.io', 'Instance'],
    ['socketio.Server', 'socket.io', 'ReturnValue'],
    ['socketio.Server', 'socketio.Server', 'Member[of].ReturnValue'],
    ['socketio.Server', 'socketio.Server', 'Member[sockets]'],
    ['socketio.Socket', 'socketio.Server', 'Member[on,once].Argument[1].Parameter[0]'],
    ['socketio.Socket', 'socketio.Server', 'Member[use].Argument[0].Parameter[0]'],
    ['socketio.Socket', 'socket.io', 'Member[Socket].Instance'],
    ['sockjs.Connection', 'sockjs', 'Member[createServer].ReturnValue.Member[on].Argument[1].Parameter[0]'],
  ],
  sources: [
    ['ws.Socket', 'Member[on,once].Argument[1].Parameter[0]', 'remote'],
    ['ws.Socket', 'Member[addEventListener].Argument[1].Parameter[0].Member[data]', 'remote'],
    ['ws.Socket', 'Member[onmessage].Parameter[0].Member[data]', 'remote'],
    ['socketio.Socket', 'Member[on,once,onAny].Argument[1].Parameter[0..]', 'remote'],
    ['socketio.Socket', 'Member[onAny].Argument[0].Parameter[0..]', 'remote'],
    ['socketio.Socket', 'Member[handshake].Member[query,headers,auth,url]', 'remote'],
    ['sockjs.Connection', 'Member[on].Argument[1].Parameter[0]', 'remote'],
  ],
  sinks: [
    ...(['socketio.Socket', 'socketio.Server'] as const).flatMap((type) =>
      ['', '.AnyMember'].map((inside) => [type, `Member[emit,send].Argument[0..]${inside}`, 'leak'] as const),
    ),
    // The acknowledgement, with which a handler responds.
    ...['', '.AnyMember'].map(
      (inside) =>
        [
          'socketio.Socket',
          `Member[on,once].Argument[1].Parameter[0..].Argument[0..]${inside}`,
          'leak',
        ] as const,
    ),
    ['ws.Socket', 'Member[send].Argument[0]', 'leak'],
    ['ws', 'Argument[0]', 'ssrf'],
    ['ws', 'Member[WebSocket].Argument[0]', 'ssrf'],
    ['socket.io-client', 'Argument[0]', 'ssrf'],
    ['socket.io-client', 'Member[io,connect].Argument[0]', 'ssrf'],
    ['websocket', 'Member[client].Instance.Member[connect].Argument[0]', 'ssrf'],
  ],
  guesses: [
    ['socketio.Server', ['io']],
    ['socketio.Socket', ['socket']],
    ['ws.Server', ['wss']],
  ],
  presence: [
    { types: 'socketio', packages: ['socketio'], isServer: true },
    { types: 'ws', packages: ['ws'], isServer: true },
  ],
};
