import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type PreloadedFolder, preloadedFolder } from '../../machine/preloaded.ts';
import type { EgressPolicy } from '../egress-case.ts';
import type { Answer, Client, FrontEnd, Sent } from './front-end.ts';
import type { FromChild } from './preload-child.ts';

export const preloadFetch: FrontEnd = preloaded('preload, built-in fetch', 'fetch');
export const preloadHttp: FrontEnd = { ...preloaded('preload, node:http', 'http'), long: true };

const atOnce = 4;

function preloaded(name: string, client: 'fetch' | 'http'): FrontEnd {
  const children = new Map<string, Promise<Client>>();
  const open = (policy: EgressPolicy): Promise<Client> => {
    const key = JSON.stringify(policy);
    const child = children.get(key) ?? start(client, policy, children.size);
    children.set(key, child);
    return child;
  };
  return {
    name,
    exchange: false,
    control: false,
    async prepare(policies) {
      // A few at a time: a process is started for every policy, and the machine has other work.
      const different = [...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values()];
      for (let at = 0; at < different.length; at += atOnce) {
        await Promise.all(different.slice(at, at + atOnce).map(open));
      }
    },
    open,
  };
}

interface Built {
  readonly folder: PreloadedFolder;
  readonly program: string;
}

let built: Promise<Built> | undefined;

/** In one file each, so that a child starts without tsx, which would open sockets of its own. */
async function buildOnce(): Promise<Built> {
  const folder = await preloadedFolder();
  const program = join(folder.folder, 'child.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./preload-child.ts', import.meta.url))],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent' },
    outfile: program,
  });
  process.once('exit', () => folder.remove());
  return { folder, program };
}

/** A process for each policy, as the preload reads one file; it ends with this one. */
async function start(client: string, policy: EgressPolicy, index: number): Promise<Client> {
  built ??= buildOnce();
  const { folder, program } = await built;
  const file = { hosts: 'public', mode: 'enforce', log: 'off', ...policy };
  const child = fork(program, [client], {
    execArgv: ['--import', folder.preload],
    env: {
      ...process.env,
      BULWARK_EGRESS_POLICY: folder.write(`policy-${client}-${index}.json`, JSON.stringify(file)),
    },
    // Standard output is where the results go.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const uncaught: string[] = [];
  child.on('message', (message: FromChild) => {
    if (typeof message === 'object' && 'uncaught' in message) uncaught.push(message.uncaught);
  });
  child.on('exit', (code) => uncaught.push(`the process ended with ${code}`));
  await Promise.race([once(child, 'message'), once(child, 'exit')]);
  return {
    send: (sent) => ask(child, sent),
    close() {},
    uncaught: () => uncaught.splice(0),
  };
}

function ask(child: ChildProcess, sent: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromChild): void => {
      if (typeof message !== 'object' || 'uncaught' in message) return;
      settle();
      if ('answer' in message) resolve(message.answer);
      else reject(Object.assign(new Error('The child was refused.'), { code: message.error }));
    };
    const onExit = (): void => {
      settle();
      reject(new Error('The child ended.'));
    };
    const settle = (): void => void child.off('message', onMessage).off('exit', onExit);
    child.on('message', onMessage).on('exit', onExit);
    child.send(sent);
  });
}
