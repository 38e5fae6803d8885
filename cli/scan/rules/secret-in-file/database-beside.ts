import { isWeakPassword } from './address-confidence.ts';
import type { NamedValue } from './named-values.ts';

/** Characters before and after, which is some lines. */
const near = 250;
const thisMachine = /localhost|127\.0\.0\.1|\b0\.0\.0\.0|host\.docker\.internal/;
const ownNetwork = /\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d/;

/** Names that are not of a database, whatever is near them. */
const ofOthers = /admin|super|mail|smtp|ldap|ftp/i;

/**
 * Whether a named value is the password of a database on the developer's machine or in a container, judging by the lines
 * around it.
 */
export function isOfDatabaseBeside({ name, value, at }: NamedValue, text: string): boolean {
  const around = text.slice(Math.max(0, at - near), at + near);
  const host = hostBeside(name, around);
  if (host !== undefined) return thisMachine.test(host) || !host.includes('.');
  if (ofOthers.test(name)) return false;
  return thisMachine.test(around) || (ownNetwork.test(around) && isWeakPassword(value));
}

/** The value of `REDIS_HOST` for `REDIS_PASSWORD`. Another host nearby belongs to something else. */
function hostBeside(name: string, around: string): string | undefined {
  const start = /^[\w.-]{1,80}[_.-](?=[a-z]+$)/i.exec(name)?.[0];
  if (start === undefined) return undefined;
  const line = new RegExp(
    `^[\\s"'-]{0,40}(?:export )?${start.replace(/[.-]/g, '\\$&')}(?:host|hostname|server|addr|address|url|uri)["']?\\s{0,9}[=:]\\s{0,9}["']?([^\\s"',]{1,200})`,
    'im',
  ).exec(around);
  return line?.[1] && /^(?:[a-z\d+:.-]{0,40}:\/\/)?(?:[^@/\s]{0,100}@)?([^:/?;]{1,200})/i.exec(line[1])?.[1];
}
