import { once } from 'node:events';
import { connect, createServer, type Http2ServerRequest } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { peerOf } from './peer-of.ts';

describe('peerOf', () => {
  it.each([
    [{ remoteAddress: '203.0.113.9', localAddress: '10.0.0.1', destroyed: false }, '203.0.113.9'],
    [{ localAddress: '10.0.0.1', destroyed: false }, undefined],
    [{ destroyed: true }, undefined],
    [{ destroyed: false }, 'unix'],
    [{}, undefined],
    [undefined, undefined],
    [null, undefined],
  ])('of %j is %s', (socket, remote) => {
    expect(peerOf(socket)).toEqual({ remote, encrypted: false });
  });

  it('reads TLS', () => {
    expect(peerOf({ remoteAddress: '::1', encrypted: true })).toEqual({ remote: '::1', encrypted: true });
  });

  it('reads a request of HTTP/2, also once its session is closed', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const asked = once(server, 'request') as Promise<[Http2ServerRequest]>;
    const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    session.on('error', () => {});
    session.request({ ':path': '/' }).on('error', () => {});
    const [req] = await asked;
    expect(peerOf(req.socket)).toEqual({ remote: '127.0.0.1', encrypted: false });
    const closed = once(req.stream, 'close');
    session.destroy();
    await closed;
    expect(peerOf(req.socket).remote).not.toBe('unix');
    server.close();
  });
});
