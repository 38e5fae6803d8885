import { isWeakPassword } from './address-confidence.ts';
import type { NamedValue } from './named-values.ts';

/** Some lines. */
const near = 250;
const thisMachine = /localhost|127\.0\.0\.1|\b0\.0\.0\.0|host\.docker\.internal/;
const ownNetwork = /\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d/;

/** What is no database's, whatever stands beside it. */
const ofOthers = /admin|super|mail|smtp|ldap|ftp/i;

/** The password of a database on the developer's own machine, or in a container beside, as the lines around it say. */
export function isOfDatabaseBeside({ name, value, at }: NamedValue, text: string): boolean {
  const around = text.slice(Math.max(0, at - near), at + near);
  const host = hostBeside(name, around);
  if (host !== undefined) return thisMachine.test(host) || !host.includes('.');
  if (ofOthers.test(name)) return false;
  return thisMachine.test(around) || (ownNetwork.test(around) && isWeakPassword(value));
}

/** What `REDIS_HOST` says, for `REDIS_PASSWORD`: another host nearby is that of something else. */
function hostBeside(name: string, around: string): string | undefined {
  const start = /^[\w.-]{1,80}[_.-](?=[a-z]+$)/i.exec(name)?.[0];
  if (start === undefined) return undefined;
  const line = new RegExp(
    `^[\\s"'-]{0,40}(?:export )?${start.replace(/[.-]/g, '\\$&')}(?:host|hostname|server|addr|address|url|uri)["']?\\s{0,9}[=:]\\s{0,9}["']?([^\\s"',]{1,200})`,
    'im',
  ).exec(around);
  return line?.[1] && /^(?:[a-z\d+:.-]{0,40}:\/\/)?(?:[^@/\s]{0,100}@)?([^:/?;]{1,200})/i.exec(line[1])?.[1];
}
