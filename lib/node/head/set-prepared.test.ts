import { createServer, IncomingMessage, OutgoingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { prepareHeaders } from './prepared-headers.ts';
import { setPrepared } from './set-prepared.ts';

const response = (): ServerResponse => new ServerResponse(new IncomingMessage(new Socket()));
const headers = [
  ['X-Frame-Options', 'DENY'],
  ['Content-Security-Policy', "default-src 'self'"],
] as const;
const prepared = prepareHeaders(headers, undefined, undefined);

function setHeaderOfMonitoring(this: ServerResponse, name: string, value: string): ServerResponse {
  return OutgoingMessage.prototype.setHeader.call(this, name, value) as ServerResponse;
}

describe('setPrepared', () => {
  it('leaves a response as `setHeader` does', async () => {
    const answer = async (set: (res: ServerResponse) => void): Promise<unknown> => {
      const server = createServer((_req, res) => {
        res.sendDate = false;
        res.setHeader('X-Own', 'x');
        set(res);
        res.appendHeader('Content-Security-Policy', "img-src 'self'");
        res.removeHeader('x-frame-options');
        res.end(
          JSON.stringify([res.getHeaders(), res.getHeaderNames(), res.hasHeader('CONTENT-SECURITY-POLICY')]),
        );
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const got = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      server.close();
      return [await got.json(), [...got.headers]];
    };
    const byNode = await answer((res) => {
      for (const [name, value] of headers) res.setHeader(name, value);
    });
    expect(await answer((res) => setPrepared(res, prepared, ''))).toEqual(byNode);
  });

  it('shares nothing between responses', () => {
    const [one, other] = [response(), response()];
    for (const res of [one, other]) {
      res.setHeader('X-Own', 'x');
      setPrepared(res, prepared, '');
    }
    one.appendHeader('X-Frame-Options', 'SAMEORIGIN');
    expect(one.getHeader('x-frame-options')).toEqual(['DENY', 'SAMEORIGIN']);
    expect(other.getHeader('x-frame-options')).toBe('DENY');
  });

  it('removes what tells the framework, however it is set', () => {
    for (const set of [OutgoingMessage.prototype.setHeader, setHeaderOfMonitoring]) {
      const res = response();
      res.setHeader = set as typeof res.setHeader;
      res.setHeader('X-Powered-By', 'x');
      res.setHeader('X-Own', 'x');
      setPrepared(res, prepared, '');
      expect(res.getHeaderNames()).toEqual(['x-own', 'x-frame-options', 'content-security-policy']);
    }
  });

  it('calls a `setHeader` that monitoring has replaced', () => {
    const seen: string[] = [];
    const res = response();
    res.setHeader = function (name, value) {
      seen.push(name);
      return OutgoingMessage.prototype.setHeader.call(this, name, value) as typeof this;
    };
    setPrepared(res, prepared, '');
    expect(seen).toEqual(headers.map(([name]) => name));
  });

  it('throws as Node does once the headers are sent', () => {
    const res = response();
    res.setHeader('X-Own', 'x');
    res.writeHead(200);
    res.flushHeaders();
    expect(() => setPrepared(res, prepared, '')).toThrow(/ERR_HTTP_HEADERS_SENT|after they are sent/);
  });
});
