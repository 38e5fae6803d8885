import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { Answer, Client, Sent } from './front-end.ts';

export interface AgentPair {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

const mostRedirects = 10;

/** `node:http` with the redirects that an application would follow by itself. */
export function httpClient(
  agents: AgentPair,
  close: () => void = () => {},
  /** Makes the options of a request to one URL; the URL's own unless the request goes to a proxy. */
  route: (target: URL) => http.RequestOptions = (target) => urlToHttpOptions(target),
): Client {
  return {
    async send(sent: Sent): Promise<Answer> {
      let { url, method = 'GET' } = sent;
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const { status, bytes, location } = await one(agents, { ...sent, url, method }, route);
        if (status < 300 || status > 399 || location === undefined) return { status, bytes };
        url = new URL(Buffer.from(location, 'latin1').toString('utf8'), url).href;
        if (status < 304 && method !== 'HEAD') method = 'GET';
      }
      throw new Error('Too many redirects.');
    },
    close,
  };
}

function one(
  agents: AgentPair,
  { url, method = 'GET', headers, body }: Sent,
  route: (target: URL) => http.RequestOptions,
): Promise<Hop> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const secure = target.protocol === 'https:';
    const { headers: own, ...routed } = route(target);
    const agent = secure ? agents.https : agents.http;
    const options = { ...routed, agent, method, headers: { ...headers, ...own } as http.OutgoingHttpHeaders };
    const request = (secure ? https : http).request(options, (response) => {
      const refused = proxyError(response);
      if (refused) return void request.destroy(refused);
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, bytes, location: response.headers.location }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** What a proxy says for itself is no answer: `application/problem+json`, which no server of the world sends. */
export function proxyError({ statusCode, headers }: http.IncomingMessage): Error | undefined {
  if (headers['content-type'] !== 'application/problem+json') return undefined;
  return Object.assign(new Error('The proxy refused.'), {
    code: String(headers['x-bulwark-code'] ?? `proxy ${statusCode}`),
  });
}

interface Hop extends Answer {
  readonly location: string | undefined;
}
