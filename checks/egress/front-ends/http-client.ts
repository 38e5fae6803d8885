import http from 'node:http';
import https from 'node:https';
import type { Answer, Client, Sent } from './front-end.ts';

export interface AgentPair {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

const mostRedirects = 10;

/** `node:http` with the redirects that an application would follow by itself. */
export function httpClient(agents: AgentPair, close: () => void = () => {}): Client {
  return {
    async send(sent: Sent): Promise<Answer> {
      let { url, method = 'GET' } = sent;
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const { status, bytes, location } = await one(agents, { ...sent, url, method });
        if (status < 300 || status > 399 || location === undefined) return { status, bytes };
        url = new URL(Buffer.from(location, 'latin1').toString('utf8'), url).href;
        if (status < 304 && method !== 'HEAD') method = 'GET';
      }
      throw new Error('Too many redirects.');
    },
    close,
  };
}

function one(agents: AgentPair, { url, method = 'GET', headers, body }: Sent): Promise<Hop> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const secure = target.protocol === 'https:';
    const options = { agent: secure ? agents.https : agents.http, method, headers: { ...headers } };
    const request = (secure ? https : http).request(target, options, (response) => {
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

interface Hop extends Answer {
  readonly location: string | undefined;
}
