import type { Constant } from '../../ir/ir.ts';
import { wordsOf } from '../../ir/query/words.ts';

/** Headers in which proxies put the client's address. A client can set them to anything. */
const addressHeaders =
  /^(http_)?(x[-_])?(forwarded([-_]for)?|real[-_]ip|client[-_]ip|cluster[-_]client[-_]ip|true[-_]client[-_]ip|originating[-_]ip|remote[-_](ip|addr)|cf[-_]connecting[-_]ip)$/i;

export function isAddressHeader(name: string): boolean {
  // `forwarded` alone, and `client_ip`, have many other meanings.
  return addressHeaders.test(name) && /^(http_|x[-_])|-/i.test(name);
}

/** Names of flags for a right. */
const flags =
  /^(is )?(admin|administrator|superuser|super user|super admin|superadmin|staff|root|moderator|privileged)( user| mode| access)?$|^(is )?(authenticated|authed|logged in|loggedin|authori[sz]ed|trusted)( user)?$|^(is )?(internal)( request| user| call)?$|^((auth )?bypass( auth| authentication| check| login)?|skip auth|no auth|debug|god mode)$/;
const roles =
  /^(user |account |my |current |access )?(role|roles|type|level|permission|permissions|privilege|privileges|group|groups)$/;
const users = /^(user|username|user name|login|account|remote user|user id)$/;

const yes: ReadonlySet<Constant> = new Set<Constant>([
  true,
  1,
  'true',
  'True',
  '1',
  'yes',
  'on',
  'y',
  'admin',
]);
const no: ReadonlySet<Constant> = new Set<Constant>([false, 0, 'false', 'False', '0', 'no', 'off']);
const powers =
  /^(super[-_ ]?)?(admin|administrator|user_admin|root|owner|staff|moderator|manager|internal|system|superuser|operator|supervisor|editor|sysadmin)$/i;

/** What a comparison says about a right: the client has it, or lacks it. */
export type Meaning = 'has' | 'lacks';

function normal(name: string): string {
  return wordsOf(name.replace(/^http_/i, '').replace(/^x[-_]/i, '')).join(' ');
}

/** A fast filter for the names that the code reads: matches every name that `isFlag` accepts. Most names don't match. */
export const mayBeFlag: RegExp = /admin|super|staff|moder|privil|auth|log|trusted|internal|god|bypass/i;

/** Whether a name alone denotes a right: `isAdmin`, without a comparison. */
export function isFlag(name: string): boolean {
  return (
    mayBeFlag.test(name) &&
    flags.test(normal(name)) &&
    !/^(debug|root|staff|type|internal)$/.test(normal(name))
  );
}

/** Whether a constant can say that a client has a right or lacks it: `true`, `0`, `'admin'`. */
export function mayMean(value: Constant): boolean {
  return yes.has(value) || no.has(value) || (typeof value === 'string' && powers.test(value));
}

/**
 * Returns what a value with this name says about the client's rights if it equals the constant: `isAdmin` and `true` ->
 * `has`. Undefined if it says nothing. With `isIdentity`, a user's name counts too: `user` and `'admin'` -> `has`.
 */
export function meaningOf(name: string, value: Constant, isIdentity: boolean): Meaning | undefined {
  const words = normal(name);
  if (flags.test(words)) return yes.has(value) ? 'has' : no.has(value) ? 'lacks' : undefined;
  if (typeof value !== 'string' || !powers.test(value)) return undefined;
  // `type` alone is too general.
  if (isRole(name)) return 'has';
  return isIdentity && users.test(words) && /^(admin|administrator|root)$/i.test(value) ? 'has' : undefined;
}

const address = /^(localhost|::1|::ffff:127\.0\.0\.1|fe80:.*|(\d{1,3}\.){1,3}(\d{1,3})?(\/\d{1,2})?)$/i;

export function isAddress(text: Constant): boolean {
  return typeof text === 'string' && address.test(text);
}

/** Whether this is the name of an allow list, rather than of a deny list. */
export function isAllowList(name: string): boolean {
  return (
    /allow|white|trust|internal|admin|local|safe|permit|office|vpn|corp|private|loopback/i.test(name) &&
    !/block|deny|denied|ban|black|limit|proxy|proxies/i.test(name)
  );
}

/** Whether the name of a function says that it decides about rights: `isAdmin`, `has_permission`, `ip_allowed`. */
export function saysRight(name: string): boolean {
  return /admin|auth|allow|permi|access|trust|internal|is_?local|staff|privileg|whitelist|^can[A-Z_]/i.test(
    name,
  );
}

/** Whether a name denotes the client's role. */
export function isRole(name: string): boolean {
  const words = normal(name);
  return roles.test(words) && !/^(type|level|group|groups)$/.test(words);
}

/** Names with such an end: `X-Shop-Role` denotes one of a program's own roles. */
const ownRole = /(^| )(role|roles|privilege|privileges)$/;

/**
 * Whether a comparison of a value with a constant may test for a role that the program itself defines:
 * `shopRole === 'buyer'`. Such a role can be any word, so the value must be named like a role.
 * @param name the name of the compared value
 */
export function isOwnRole(name: string, value: Constant): boolean {
  return typeof value === 'string' && /^[a-z][a-z_-]{2,24}$/i.test(value) && ownRole.test(normal(name));
}

/** Whether a role is privileged. */
export function isPower(role: string): boolean {
  return powers.test(role);
}

/** Matches names of lists of allowed roles, and names of a single required role. */
export const listsRoles: RegExp = /^((allowed|required|permitted|needed|expected)_?)?roles?$|^allowed$/i;

/** Matches names of tables that list the rights of each role. */
export const listsRights: RegExp =
  /^(role_?)?(rights|permissions|grants|privileges|abilities|capabilities|acl)(_?(by|of)_?roles?)?$/i;

/** Whether the name of a function says that it decides if a role may do something: `can(role, 'delete')`. */
export function asksRight(name: string): boolean {
  return /^(can|may|allows?|permits?|is_?(allowed|permitted|granted)|has_?(permission|right|access|privilege)|role_?(can|may|allows|has)\w*|check_?(permission|access|right))$/i.test(
    name,
  );
}
