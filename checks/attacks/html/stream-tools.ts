import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { renderToStream } from 'bulwark/html';
import { expect } from 'vitest';
import { t, wild } from './case.ts';
import { codeOf } from './run-case.ts';

export const late = (template: string, ...values: readonly unknown[]): never => wild(t(template, ...values));

export async function read(page: unknown, options = {}): Promise<string> {
  return await new Response(renderToStream(page as never, options)).text();
}

export async function failure(run: () => unknown): Promise<string> {
  try {
    await run();
    return 'nothing was thrown';
  } catch (error) {
    return codeOf(error);
  }
}

export async function failsWith(code: RegExp, run: () => unknown): Promise<void> {
  expect(await failure(run)).toMatch(code);
}

export async function served<T>(listener: RequestListener, run: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export async function* many(...items: readonly unknown[]): AsyncGenerator<unknown> {
  for (const item of items) yield item;
}

/** What no handler took, while this ran. */
export async function unhandled(run: () => unknown): Promise<number> {
  let count = 0;
  const before = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', () => {
    count += 1;
  });
  try {
    await run();
    await sleep(20);
    return count;
  } finally {
    process.removeAllListeners('unhandledRejection');
    for (const listener of before) process.on('unhandledRejection', listener as never);
  }
}

export const evil = '<img src=x onerror=pwn()>';
export const safe = '&lt;img src=x onerror=pwn()';
