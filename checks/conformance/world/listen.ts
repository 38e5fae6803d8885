import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { RunningApp } from '../contract.ts';
import type { World } from './world.ts';

/** For frameworks that leave the servers to the application. */
export async function listen(world: World, server: Server, second?: Http2Server): Promise<RunningApp> {
  const sessions = new Set<{ destroy(): void }>();
  second?.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  const [url, http2] = await Promise.all([server, second].map((each) => each && urlOf(each)));
  return {
    url: url as string,
    ...(http2 !== undefined && { http2 }),
    async close() {
      const closed = [server, second].map((each) => each && once(each.close(), 'close'));
      server.closeAllConnections();
      for (const session of sessions) session.destroy();
      await Promise.all(closed);
      await world.close();
    },
  };
}

async function urlOf(server: Server | Http2Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
