/**
 * Values that contain no line break when they are logged: a server rejects a header field with one, and bytes are
 * written as `b'...'`, with line breaks escaped. Decoded values may contain some again. `http.server` is missing,
 * because it keeps folded fields unchanged.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.5, https://docs.python.org/3/library/stdtypes.html#bytes-objects
 */
import type { Models } from '../../../models/model.ts';

/** Members of a request that hold header fields, or the target, which is still percent-encoded. */
const fields = { at: 'Argument[0]', begins: ['HTTP_', 'QUERY_STRING', 'REQUEST_URI', 'RAW_URI'] } as const;
const commonFields =
  'Member[QUERY_STRING,REQUEST_URI,RAW_URI,HTTP_HOST,HTTP_REFERER,HTTP_USER_AGENT,HTTP_ORIGIN,HTTP_X_FORWARDED_FOR]';

export const singleLines: Models = {
  language: 'python',
  sanitizers: [
    ['flask.Request', 'Member[headers]', ['log']],
    ['django.HttpRequest', 'Member[headers]', ['log']],
    ['rest.Request', 'Member[headers]', ['log']],
    ['starlette.Request', 'Member[headers]', ['log']],
    ['aiohttp.Request', 'Member[headers]', ['log']],
    ['webob.Request', 'Member[headers]', ['log']],
    ['sanic.Request', 'Member[headers]', ['log']],
    ['bottle.Request', 'Member[headers]', ['log']],
    ['bottle.Request', 'Member[get_header].ReturnValue', ['log']],
    ['guess.HandledRequest', 'Member[headers]', ['log']],
    ...['wsgi.environ', 'wsgi.namedEnviron', 'os.Environ'].flatMap(
      (type) =>
        [
          [type, 'Member[get].ReturnValue', ['log'], fields],
          [type, commonFields, ['log']],
        ] as const,
    ),
    ['socket.socket', 'Member[recv,recvfrom,recvmsg].ReturnValue', ['log']],
    ['asyncio.StreamReader', 'Member[read,readline,readexactly,readuntil].ReturnValue', ['log']],
    ['asyncio', 'Member[Protocol].Instance.Member[data_received].Parameter[0]', ['log']],
    ['asyncio', 'Member[DatagramProtocol].Instance.Member[datagram_received].Parameter[0]', ['log']],
    ['twisted.internet.protocol', 'Member[Protocol].Instance.Member[dataReceived].Parameter[0]', ['log']],
  ],
};
