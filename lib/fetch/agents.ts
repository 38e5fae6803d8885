import http, { type AgentOptions, type ClientRequest, type ClientRequestArgs } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { type Done, GuardedConnections } from './connection/guarded-connections.ts';
import { parseConnectionPolicy } from './policy/parse-policy.ts';
import type { ConnectionOptions, FetchPolicy } from './policy/policy.ts';

/** One agent for each scheme: pass `{ agent: agents }` to got, or `httpAgent` and `httpsAgent` to axios. */
export interface GuardedAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/**
 * Creates agents for clients based on `node:http`: axios, got, node-fetch, `http.request`.
 *
 * Guarantee: no socket is opened to an address that the policy does not allow. Requests to a proxy or a Unix socket, and
 * requests with a method that the policy does not list, are refused. The client follows redirects itself, and each new connection is
 * checked here. Agents don't see the whole exchange, so they can't limit sizes and deadlines or protect credentials on
 * redirects: `createFetch` does.
 *
 * Create them once for each policy: connections that are kept open are not checked again.
 *
 * @throws {Misuse} immediately, for invalid options. A refused request emits `error` with a `Refusal` (`fetch/*`).
 *
 * @example
 * ```ts
 * import http from 'node:http';
 * import { createAgents } from 'bulwark/fetch';
 *
 * const agents = createAgents({ hosts: 'public' });
 * http.get('http://127.0.0.1:6379/', { agent: agents.http }).on('error', (error) => {
 *   console.log(error); // Refusal fetch/private-address
 * });
 * ```
 */
export function createAgents(options: ConnectionOptions): GuardedAgents {
  const policy = parseConnectionPolicy(options);
  return Object.freeze({
    http: guarded(new http.Agent(settings(policy)), new GuardedConnections(policy, 'http:')),
    https: guarded(new https.Agent(settings(policy)), new GuardedConnections(policy, 'https:')),
  });
}

/** As Node's global agents. What report mode lets pass serves one request: a kept socket would outlive its end. */
function settings({ mode }: FetchPolicy): AgentOptions {
  return { keepAlive: mode.reportUntil <= Date.now(), scheduling: 'lifo', timeout: 5_000 };
}

/** What Node's agents do with a request, and TypeScript's types do not say. */
interface AgentMethods {
  addRequest(request: ClientRequest, options: ClientRequestArgs): void;
  createConnection(options: ClientRequestArgs, done: Done): Socket;
}

/** The two points that every request and every connection of an agent pass. */
function guarded<A extends http.Agent>(agent: A, guard: GuardedConnections): A {
  const { addRequest, createConnection } = agent as unknown as AgentMethods;
  const own: { [Name in keyof AgentMethods]: unknown } = {
    addRequest(request: ClientRequest, options: ClientRequestArgs): void {
      if (guard.admits(request, options)) addRequest.call(agent, request, options);
    },
    createConnection(options: ClientRequestArgs, done: Done): Socket | undefined {
      return guard.connect(options, done, (given) => createConnection.call(agent, given, done));
    },
  };
  for (const [name, value] of Object.entries(own))
    Object.defineProperty(agent, name, { __proto__: null, value } as object);
  return agent;
}
