import type { Guard } from '../run/replacement.ts';
import { LabError } from './lab-error.ts';

export interface GuardSwitch {
  readonly guard: Guard;
  readonly label: string;
  /** What it does while it is in. */
  readonly does: string;
}

/** What can be taken out, as a visitor reads it. */
export const guards: readonly GuardSwitch[] = [
  { guard: 'sql', label: 'bulwark/sql', does: 'Binds every value of a statement' },
  {
    guard: 'html',
    label: 'bulwark/html',
    does: 'Escapes every value for its place; sanitize() goes with it',
  },
  { guard: 'sanitizer', label: 'sanitize()', does: 'Cleans the markup of comments' },
  { guard: 'front-end', label: 'Front end', does: 'Writes text as text in the browser' },
  { guard: 'fetch', label: 'bulwark/fetch', does: 'Checks where a request connects to' },
  { guard: 'session', label: 'bulwark/session', does: 'A new id at log-in, in a cookie that stays on HTTPS' },
  { guard: 'csrf', label: 'bulwark/csrf', does: 'Refuses what the page of another origin sends' },
  { guard: 'cors', label: 'bulwark/cors', does: 'Lets listed origins read the API, and no others' },
  { guard: 'redirect', label: 'bulwark/redirect', does: 'Leads to paths of the shop only' },
  { guard: 'rate-limit', label: 'bulwark/rate-limit', does: 'Limits guesses at a password' },
  {
    guard: 'password',
    label: 'bulwark/password',
    does: 'Refuses common passwords, and hashes with argon2id',
  },
  { guard: 'path', label: 'bulwark/path', does: 'Keeps names of files inside of their folder' },
  {
    guard: 'upload',
    label: 'bulwark/upload',
    does: 'Checks what a file is, stores it under a name of its own, and unpacks archives within limits',
  },
  { guard: 'command', label: 'bulwark/command', does: 'Runs programs without a shell' },
  {
    guard: 'parse',
    label: 'bulwark/parse',
    does: 'Reads JSON, YAML, XML, CSV, rules and patterns as data, within limits',
  },
  { guard: 'policy', label: 'Headers and CSP', does: 'Second line: injected scripts do not run' },
  { guard: 'errors', label: 'bulwarkErrors()', does: 'Keeps stack traces to the log' },
];

export function guardOf(name: string): Guard {
  const found = guards.find(({ guard }) => guard === name);
  if (found) return found.guard;
  throw new LabError(400, 'There is no such guard. Use the switches of the page.');
}
