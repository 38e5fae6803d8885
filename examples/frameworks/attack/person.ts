import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { type Form, formsOf } from './forms.ts';
import { type Answer, send } from './send.ts';

export const people = {
  ann: { email: 'ann@example.com', password: 'correct-horse-1' },
  bob: { email: 'bob@example.com', password: 'battery-staple-2' },
} as const;

/** Somebody with cookies of their own, who uses Desk as its own pages do. */
export class Person {
  readonly base: string;
  readonly cookies: Map<string, string> = new Map();
  /** The `SameSite` of each cookie, if the server set one. */
  readonly sameSite: Map<string, 'Strict' | 'Lax' | 'None'> = new Map();

  constructor(base: string) {
    this.base = base;
  }

  async get(path: string): Promise<Answer> {
    return await this.send('GET', path, { 'sec-fetch-site': 'same-origin' });
  }

  /** Sends a form of `page`, with its hidden fields. */
  async submit(page: string, action: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    const { hidden, toOwnPage } = await this.form(page, action);
    if (toOwnPage) return await this.postParts(page, { ...hidden, ...fields });
    const body = new URLSearchParams({ ...hidden, ...fields }).toString();
    return await this.post(action, body, { 'content-type': 'application/x-www-form-urlencoded' });
  }

  async json(path: string, body: unknown): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return await this.post(path, text, { 'content-type': 'application/json' });
  }

  async logIn(who: { readonly email: string; readonly password: string }): Promise<Answer> {
    return await this.submit('/login', '/login', { ...who });
  }

  /** True if the list of tickets is shown and not the log-in. */
  async isLoggedIn(): Promise<boolean> {
    const { status } = await this.get('/');
    return status === 200;
  }

  /** Writes a ticket, and resolves with its path. */
  async writeTicket(title: string, body: string): Promise<string | undefined> {
    const { status, headers } = await this.submit('/tickets/new', '/tickets', { title, body });
    if (status !== 302 && status !== 303) return undefined;
    return new URL(headers.location ?? '', this.base).pathname;
  }

  async attach(ticket: string, name: string, type: string, content: string | Uint8Array): Promise<Answer> {
    const { hidden, file } = await this.form(ticket, `${ticket}/attachment`);
    if (file === undefined) throw new Error(`${ticket} has no form with a file field`);
    return await this.postParts(`${ticket}/attachment`, hidden, { field: file, name, type, content });
  }

  async send(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    body?: string | Uint8Array,
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = cookie === '' ? {} : { cookie };
    const answer = await send(this.base, method, path, { accept: 'text/html', ...own, ...headers }, body);
    for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
    return answer;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const [name = '', ...value] = pair.split('=');
    const gone = attributes.some((one) => /^\s*max-age=0\s*$/i.test(one) || /^\s*expires=.*1970/i.test(one));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, value.join('='));
    const sameSite = /;\s*samesite=(strict|lax|none)/i.exec(line)?.[1]?.toLowerCase();
    if (sameSite === 'strict') this.sameSite.set(name, 'Strict');
    if (sameSite === 'lax') this.sameSite.set(name, 'Lax');
    if (sameSite === 'none') this.sameSite.set(name, 'None');
  }

  private async post(path: string, body: string | Uint8Array, headers: OutgoingHttpHeaders): Promise<Answer> {
    const own = { 'sec-fetch-site': 'same-origin', origin: this.base };
    return await this.send('POST', path, { ...own, ...headers }, body);
  }

  private async postParts(
    path: string,
    fields: Readonly<Record<string, string>>,
    file?: { field: string; name: string; type: string; content: string | Uint8Array },
  ): Promise<Answer> {
    const boundary = `desk${randomBytes(12).toString('hex')}`;
    const part = (disposition: string, more: string): Buffer =>
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n`);
    const body = Buffer.concat([
      ...Object.entries(fields).map(([key, value]) => part(`name="${key}"`, `\r\n${value}`)),
      ...(file
        ? [
            part(`name="${file.field}"; filename="${file.name}"`, `Content-Type: ${file.type}\r\n`),
            Buffer.from(file.content),
            Buffer.from('\r\n'),
          ]
        : []),
      Buffer.from(`--${boundary}--\r\n`),
    ]);
    return await this.post(path, body, { 'content-type': `multipart/form-data; boundary=${boundary}` });
  }

  private async form(page: string, action: string): Promise<Form> {
    const { text, status } = await this.get(page);
    const form = formsOf(text).find((one) => one.action === action);
    if (form === undefined) throw new Error(`${page} (${status}) has no form with the action ${action}`);
    return form;
  }
}
