import type { App } from '../run/app-process.ts';
import { type Reply, request, someAddress } from './request.ts';

/** Somebody's own program, with the cookies that it was given. */
export interface Client {
  readonly cookies: Map<string, string>;
  get(path: string): Promise<Reply>;
  post(path: string, form: Readonly<Record<string, string>> | FormData): Promise<Reply>;
}

/** @param address whence it comes, the same for all of its requests */
export function createClient(app: App, address: string = someAddress()): Client {
  const cookies = new Map<string, string>();

  async function send(
    method: string,
    path: string,
    form?: Readonly<Record<string, string>> | FormData,
  ): Promise<Reply> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'x-forwarded-for': address, ...(cookie && { cookie }) };
    const reply = await request(app, method, path, form, 'form', {
      ...headers,
      // What a browser sends with the shop's own form. A program can send anything.
      ...(form && { 'sec-fetch-site': 'same-origin' }),
    });
    for (const line of reply.cookies) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return reply;
  }

  return { cookies, get: (path) => send('GET', path), post: (path, form) => send('POST', path, form) };
}
