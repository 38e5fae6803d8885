import { randomBytes } from 'node:crypto';
import type { SecurityEvent } from 'bulwark/event';
import type { ChildSettings } from './app-child.ts';
import { launch } from './launch.ts';
import type { Replacement } from './replacement.ts';
import { createShopFolder, type ShopFolder } from './shop-folder.ts';
import type { Customer } from './store-control.ts';

/** One running application. */
export interface App {
  readonly name: string;
  /** Its address with the run's token and a slash at the end. */
  readonly url: string;
  /** Its files, past the application. */
  readonly files: ShopFolder;
  /** By which the lab is let at what nothing defends. */
  readonly key: string;
  /** Makes its tables anew. */
  reset(): Promise<void>;
  /** Removes the users and comments that visitors added. */
  tidy(): Promise<void>;
  /** Each table with its number of rows and a hash of them. */
  fingerprint(): Promise<Record<string, string>>;
  /** Those who signed up, past the application. */
  customers(): Promise<readonly Customer[]>;
  /** What was written since the last call. */
  events(): Promise<readonly SecurityEvent[]>;
  /** Ends its process and starts it anew at the same address, after an attack that holds it. */
  restart(replacements?: readonly Replacement[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an application in a process of its own. */
export async function startApp(
  name: string,
  settings: Omit<ChildSettings, 'token' | 'port' | 'folder' | 'key'>,
): Promise<App> {
  const [token, key] = [randomBytes(12), randomBytes(24)].map((bytes) => bytes.toString('base64url')) as [
    string,
    string,
  ];
  const files = await createShopFolder();
  let { replacements } = settings;
  const start = (port?: number): ReturnType<typeof launch> =>
    launch(name, {
      ...settings,
      ...{ replacements, token, key, folder: files.path },
      ...(port !== undefined && { port }),
    });
  let running = await start().catch(async (error: unknown) => {
    await files.remove();
    throw error;
  });
  return {
    ...{ name, key, files },
    get url() {
      return `http://127.0.0.1:${running.port}/${token}/`;
    },
    async reset() {
      await files.restore();
      await running.call('reset');
    },
    tidy: () => running.call('tidy'),
    fingerprint: () => running.call('fingerprint'),
    customers: () => running.call('customers'),
    events: () => running.call('events'),
    async restart(others = replacements) {
      const { port } = running;
      await running.stop();
      replacements = others;
      await files.reset();
      running = await start(port);
    },
    async stop() {
      await running.stop();
      await files.remove();
    },
  };
}
