import type { RequestListener } from 'node:http';
import { createFetch } from 'bulwark/fetch';
import { type Origin, startOrigin } from '../../../checks/machine/origin.ts';
import type { Egress } from '../egress.ts';

/** Two servers of this machine: one that the policy of a test names, and one that stands for everything inside. */
export interface Neighbours {
  readonly outside: Origin;
  readonly inside: Origin;
  /** Lets requests through to `outside`, by host, range and port. */
  readonly egress: Egress;
  /** The requests that `outside` was sent: method, path and headers. */
  readonly requests: { method: string; url: string; headers: NodeJS.Dict<string | string[]> }[];
  stop(): Promise<void>;
}

export async function startNeighbours(outsideAnswers: RequestListener): Promise<Neighbours> {
  const requests: Neighbours['requests'] = [];
  const inside = await startOrigin((_request, response) => response.end('a secret of the inside'));
  const outside = await startOrigin((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers });
    // A connection that has done its work is kept for a while otherwise, and `idle` would wait for that.
    response.setHeader('connection', 'close');
    outsideAnswers(request, response);
  });
  // The canary is one: it answers whoever is allowed to ask.
  const told = createFetch({ hosts: [], allowPrivate: [loopback(inside.port)] });
  const answer = await told(inside.url());
  if ((await answer.text()) !== 'a secret of the inside' || inside.connections() !== 1) {
    throw new Error('The canary does not answer.');
  }
  return {
    outside,
    inside,
    egress: { allowPrivate: [loopback(outside.port)] },
    requests,
    async stop() {
      await outside.stop();
      await inside.stop();
    },
  };
}

export function loopback(port: number): { host: string; cidr: string; ports: number[] } {
  return { host: '127.0.0.1', cidr: '127.0.0.1/32', ports: [port] };
}
