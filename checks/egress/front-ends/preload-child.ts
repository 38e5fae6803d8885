/**
 * Runs behind the preload in a process of its own: takes `Sent` by IPC, and gives back an `Answer` or the code of the
 * error. Its first argument is the client.
 */
import http from 'node:http';
import https from 'node:https';
import { fetchClient } from './fetch-client.ts';
import type { Answer, Client, Sent } from './front-end.ts';
import { httpClient } from './http-client.ts';

export type FromChild =
  | 'ready'
  | { readonly answer: Answer }
  | { readonly error: string }
  | { readonly uncaught: string };

const clients: Readonly<Record<string, () => Client>> = {
  fetch: () => fetchClient(fetch),
  http: () => httpClient({ http: http.globalAgent, https: https.globalAgent }),
};

const client = clients[process.argv[2] ?? '']?.();
const say = (message: FromChild): void => void process.send?.(message);
process.on('uncaughtException', (error) => say({ uncaught: String(error) }));
process.on('unhandledRejection', (error) => say({ uncaught: String(error) }));
process.on('disconnect', () => process.exit());
process.on('message', (sent: Sent) => {
  client?.send(sent).then(
    (answer) => say({ answer }),
    (error) => say({ error: codeOf(error) }),
  );
});
say('ready');

function codeOf(error: unknown): string {
  const { cause, code } = error as { cause?: unknown; code?: unknown };
  if (cause) return codeOf(cause);
  return typeof code === 'string' ? code : String(error).slice(0, 200);
}
