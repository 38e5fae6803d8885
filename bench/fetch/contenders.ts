import http from 'node:http';
import antissrf from '@microsoft/antissrf';
import axios from 'axios';
import { createAgents, createDispatcher, createFetch } from 'bulwark/fetch';
import got, { type Got } from 'got';
import { gotSsrf } from 'got-ssrf';
import nodeFetch from 'node-fetch';
import { RequestFilteringHttpAgent } from 'request-filtering-agent';
import { Agent, fetch as undiciFetch, request as undiciRequest } from 'undici';

/** One way to make a request, and the same client without its guard. */
export interface Contender {
  readonly name: string;
  readonly bare: string;
  get(url: string): Promise<unknown>;
}

const options = { hosts: 'public' } as const;
/** Those of Node's own global agent, for all alike: an agent's time-out costs some microseconds a request. */
const settings = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 } as const;
const keepAlive = (): http.Agent => new http.Agent(settings);

function viaHttp(agent: http.Agent): Contender['get'] {
  return (url) =>
    new Promise((done, failed) => {
      http
        .get(url, { agent }, async (response) => {
          let text = '';
          for await (const chunk of response.setEncoding('utf8')) text += chunk;
          done(text);
        })
        .on('error', failed);
    });
}

function viaAxios(agent: http.Agent): Contender['get'] {
  const client = axios.create({ httpAgent: agent, proxy: false, responseType: 'text' });
  return (url) => client.get(url);
}

const viaGot =
  (client: Got, agent?: http.Agent): Contender['get'] =>
  (url) =>
    client(url, { retry: { limit: 0 }, ...(agent && { agent: { http: agent } }) }).text();

const viaNodeFetch =
  (agent: http.Agent): Contender['get'] =>
  async (url) =>
    (await nodeFetch(url, { agent })).text();

function viaBuiltIn(dispatcher: unknown): Contender['get'] {
  return async (url) => (await fetch(url, { dispatcher } as RequestInit)).text();
}

function microsoftAgent(): http.Agent {
  const policy = new antissrf.AntiSSRFPolicy(antissrf.PolicyConfigOptions.ExternalOnlyLatest);
  policy.allowPlainTextHttp = true;
  return policy.getHttpAgent(settings);
}

/** Each names the bare client that it is compared with; a bare client is compared with itself. */
export function contenders(): readonly Contender[] {
  const guardedFetch = createFetch(options);
  const plainAgent = new Agent();
  const dispatcher = createDispatcher(options);
  const builtInAgent = new Agent();
  const builtInGuard = createDispatcher(options);
  const each = (name: string, bare: string, get: Contender['get']): Contender => ({ name, bare, get });
  return [
    each('undici fetch', 'undici fetch', async (url) =>
      (await undiciFetch(url, { dispatcher: plainAgent })).text(),
    ),
    each('bulwark createFetch', 'undici fetch', async (url) => (await guardedFetch(url)).text()),
    each('undici request', 'undici request', async (url) =>
      (await undiciRequest(url, { dispatcher: plainAgent })).body.text(),
    ),
    each('bulwark createDispatcher, undici request', 'undici request', async (url) =>
      (await undiciRequest(url, { dispatcher })).body.text(),
    ),
    each('built-in fetch', 'built-in fetch', viaBuiltIn(builtInAgent)),
    each('bulwark createDispatcher, built-in fetch', 'built-in fetch', viaBuiltIn(builtInGuard)),
    each('node:http', 'node:http', viaHttp(keepAlive())),
    each('bulwark createAgents, node:http', 'node:http', viaHttp(createAgents(options).http)),
    each('request-filtering-agent, node:http', 'node:http', viaHttp(new RequestFilteringHttpAgent(settings))),
    each('@microsoft/antissrf, node:http', 'node:http', viaHttp(microsoftAgent())),
    each('axios', 'axios', viaAxios(keepAlive())),
    each('bulwark createAgents, axios', 'axios', viaAxios(createAgents(options).http)),
    each('request-filtering-agent, axios', 'axios', viaAxios(new RequestFilteringHttpAgent(settings))),
    each('node-fetch', 'node-fetch', viaNodeFetch(keepAlive())),
    each('bulwark createAgents, node-fetch', 'node-fetch', viaNodeFetch(createAgents(options).http)),
    each('got', 'got', viaGot(got, keepAlive())),
    each('bulwark createAgents, got', 'got', viaGot(got, createAgents(options).http)),
    each('got-ssrf', 'got', viaGot(gotSsrf, keepAlive())),
  ];
}
