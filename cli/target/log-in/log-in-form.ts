import { pageParts } from '../../doctor/page/page-parts.ts';
import type { Answer } from '../http/reply.ts';

/** A form that takes a password, as its page has it. */
export interface LogInForm {
  readonly action: URL;
  /** What the page fills in itself, such as a CSRF token. */
  readonly fields: Readonly<Record<string, string>>;
  readonly userField: string;
  readonly passwordField: string;
}

const mostFields = 50;

/** The form of a page that has exactly one field for a password. Undefined if there is none, or if it is sent by GET. */
export function findLogInForm({ body, url }: Answer): LogInForm | undefined {
  const parts = pageParts(body);
  const starts = parts.flatMap(({ tag }, index) => (tag === 'form' ? [index] : []));
  for (const [at, start] of starts.entries()) {
    const form = parts[start]?.attributes;
    const inputs = parts
      .slice(start + 1, starts[at + 1])
      .filter(({ tag }) => tag === 'input')
      .slice(0, mostFields);
    const named = inputs.map(({ attributes }) => ({
      name: attributes.get('name') ?? '',
      type: (attributes.get('type') ?? 'text').trim().toLowerCase(),
      value: attributes.get('value') ?? '',
    }));
    const passwords = named.filter(({ type, name }) => type === 'password' && name !== '');
    const [password] = passwords;
    const user = named.find(({ type, name }) => /^(?:text|email|tel)$/.test(type) && name !== '');
    if (form?.get('method')?.trim().toLowerCase() !== 'post' || passwords.length !== 1) continue;
    const action = form.get('action') ?? '';
    if (password === undefined || user === undefined || !URL.canParse(action, url)) continue;
    const hidden = named.filter(({ type, name }) => type === 'hidden' && name !== '');
    return {
      action: new URL(action, url),
      fields: Object.fromEntries(hidden.map(({ name, value }) => [name, value])),
      userField: user.name,
      passwordField: password.name,
    };
  }
  return undefined;
}
