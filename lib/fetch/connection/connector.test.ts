import { type NetConnectOpts, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import { configureEvents } from '../../event/index.ts';
import { createFetch } from '../guarded-fetch.ts';

let origin: Origin;

beforeAll(async () => {
  configureEvents({ sinks: [] });
  origin = await startOrigin((_request, response) => void response.end('reached'));
});
afterAll(() => origin.stop());

describe('the connector', () => {
  it('refuses a peer that is not the address it checked', async () => {
    const local = { host: '127.0.0.2', cidr: '127.0.0.2/32', ports: [origin.port] };
    const url = `http://127.0.0.2:${origin.port}/`;
    const connect = Socket.prototype.connect;
    // As a library does that wraps sockets to send them through a proxy.
    Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
      const [options] = args[0] as [NetConnectOpts];
      Object.assign(options, { host: '127.0.0.1' });
      return Reflect.apply(connect, this, args) as Socket;
    } as typeof connect;
    try {
      await expect(createFetch({ hosts: [], allowPrivate: [local] })(url)).rejects.toMatchObject({
        code: 'fetch/private-address',
        detail: { host: '127.0.0.2', address: '127.0.0.1', rule: 'not the checked address' },
      });
    } finally {
      Socket.prototype.connect = connect;
    }
    expect(origin.connections()).toBe(1);
    await origin.idle();
  });
});
