/** The process of one application: confined first, then listening on 127.0.0.1 behind the run's token. */
import { rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { register } from 'node:module';
import type { AddressInfo } from 'node:net';
import { configureEvents, type SecurityEvent } from 'bulwark/event';
import { behindFence } from './behind-fence.ts';
import { behindToken, maxHeaderSize } from './behind-token.ts';
import { confine } from './confine.ts';
import type { ServerUrls } from './connections.ts';
import { endWithParent } from './end-with-parent.ts';
import type { Network } from './network.ts';
import type { Replacement } from './replacement.ts';

/** What the parent hands over in `LAB_CHILD`. */
export interface ChildSettings {
  readonly app: 'undefended' | 'defended';
  readonly token: string;
  /** What the shop keeps its files in. */
  readonly folder: string;
  /** By which the lab is let at what nothing defends. */
  readonly key: string;
  /** Any that is free, unless it had one before. */
  readonly port?: number;
  readonly network: Network;
  readonly replacements: readonly Replacement[];
  readonly database?: ServerUrls;
}

export type Command = 'reset' | 'tidy' | 'fingerprint' | 'customers' | 'events';
export interface Call {
  readonly id: number;
  readonly command: Command;
}
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

const settings: ChildSettings = JSON.parse(process.env['LAB_CHILD'] ?? '{}');
process.on('disconnect', orphaned);
// The parent may be gone already, before anybody listened.
if (!process.connected) orphaned();
endWithParent(settings.folder);
// A page of its own for each request that fails would drown the lab's table: the answer is what counts.
console.error = () => {};

const { embedded, onServer } = await import('./connections.ts');
const server = settings.database && new URL(settings.database.owner);
confine(settings.network, server && { host: server.hostname, port: Number(server.port || 5432) });

const connections = settings.database
  ? await onServer(settings.database, settings.app)
  : await embedded(settings.app);
await connections.control.reset();

let seen: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'lab', write: (events) => void seen.push(...events) }] });

if (settings.replacements.length > 0) {
  register('./replace-modules.ts', import.meta.url, { data: settings.replacements });
}
const app: RequestListener =
  settings.app === 'undefended'
    ? (await import('../undefended/app.ts')).createApp(connections.plain, settings.folder)
    : (await import('../defended/app.ts')).createApp(
        // With its store taken out, the application speaks to the database as the undefended one does.
        settings.replacements.some(({ from }) => from.endsWith('/defended/store.ts'))
          ? (connections.plain as never)
          : connections.guarded,
        settings.folder,
      );

const isDefended = settings.app === 'defended' && settings.replacements.length === 0;
const fenced = isDefended ? app : behindFence(settings.key, app);
const listener = createServer({ maxHeaderSize }, behindToken(settings.token, fenced));

process.on('message', async ({ id, command }: Call) => {
  const send = (answer: Answer): void => void process.send?.(answer);
  try {
    if (command === 'events') {
      await recorder.flush();
      send({ id, value: seen });
      seen = [];
    } else {
      if (command !== 'fingerprint') unpollute();
      send({ id, value: (await connections.control[command]()) ?? null });
    }
  } catch (error) {
    send({ id, error: String(error) });
  }
});

listener.listen(settings.port ?? 0, '127.0.0.1', () =>
  process.send?.({ port: (listener.address() as AddressInfo).port }),
);

/** The parent is gone without a word: what it would have removed is left to this process. */
function orphaned(): void {
  rmSync(settings.folder, { recursive: true, force: true });
  process.exit();
}

/** Removes what an attack put onto the prototype of all objects. */
function unpollute(): void {
  for (const name of Object.keys(Object.prototype))
    delete (Object.prototype as Record<string, unknown>)[name];
}
