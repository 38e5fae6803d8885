import { readFileSync } from 'node:fs';
import { shown } from '../egress/shown.ts';
import { DbMistake } from './mistake.ts';

const longest = 1024;
const shortest = 16;

/** The first line of a file. Errors name the file, never what is in it. */
export function passwordOfFile(option: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new DbMistake(
      'db/password',
      `${option} ${shown(path)} cannot be read (${code}).`,
      'Without the intended password, nothing is done.',
      'Name a readable file whose first line is the password.',
    );
  }
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (line === '' || line.length > longest) {
    throw new DbMistake(
      'db/password',
      `${option} ${shown(path)} has ${line === '' ? 'an empty first line' : 'a first line that is too long'}.`,
      'An empty password protects nothing.',
      'Write the password into the first line of the file.',
    );
  }
  return line;
}

/**
 * A new password from `env:NAME` or `file:PATH`: printable ASCII, 16 characters or more. Other characters are prepared
 * differently by different clients (SASLprep, RFC 4013), and what is shorter is guessed from a verifier that leaked.
 */
export function newPassword(option: string, source: string): string {
  const [, kind, place] = /^(env|file):(.+)$/s.exec(source) ?? [];
  if (kind === undefined || place === undefined) {
    throw new DbMistake(
      'db/password',
      // What was given may be the password itself.
      `${option} is neither env:NAME nor file:PATH.`,
      'A password on the command line shows in the process list and in the shell history.',
      'Put it into a variable or a file: --read-write-password env:SHOP_RW_PASSWORD',
    );
  }
  const password = kind === 'env' ? (process.env[place] ?? '') : passwordOfFile(option, place);
  if (password.length >= shortest && password.length <= longest && /^[\x20-\x7e]+$/.test(password)) {
    return password;
  }
  throw new DbMistake(
    'db/password',
    `${option} ${shown(source)} holds ${password === '' ? 'nothing' : 'an unsuitable password'}.`,
    'A password must have 16 to 1024 printable ASCII characters.',
    'Generate one: openssl rand -base64 24',
  );
}
