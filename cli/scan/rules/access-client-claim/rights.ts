import type { Constant } from '../../ir/ir.ts';
import { wordsOf } from '../../ir/query/words.ts';

/** Headers in which proxies say who has called them, and clients what they like. */
const addressHeaders =
  /^(http_)?(x[-_])?(forwarded([-_]for)?|real[-_]ip|client[-_]ip|cluster[-_]client[-_]ip|true[-_]client[-_]ip|originating[-_]ip|remote[-_](ip|addr)|cf[-_]connecting[-_]ip)$/i;

export function isAddressHeader(name: string): boolean {
  // `forwarded` alone, and `client_ip`, are names of much else.
  return addressHeaders.test(name) && /^(http_|x[-_])|-/i.test(name);
}

/** Names that say outright what somebody may do: true or false. */
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

/** What a comparison says of somebody's rights: that they have them, or that they have not. */
export type Meaning = 'has' | 'lacks';

function normal(name: string): string {
  return wordsOf(name.replace(/^http_/i, '').replace(/^x[-_]/i, '')).join(' ');
}

/** Most names are none: this is asked of each that is read. */
export const mayBeFlag: RegExp = /admin|super|staff|moder|privil|auth|log|trusted|internal|god|bypass/i;

/** Whether a name by itself says that somebody may do something. */
export function isFlag(name: string): boolean {
  return (
    mayBeFlag.test(name) &&
    flags.test(normal(name)) &&
    !/^(debug|root|staff|type|internal)$/.test(normal(name))
  );
}

/** Whether a constant can say anything of rights, whatever it is compared with. */
export function mayMean(value: Constant): boolean {
  return yes.has(value) || no.has(value) || (typeof value === 'string' && powers.test(value));
}

/** What it says of rights that what has this name is this constant. */
export function meaningOf(name: string, value: Constant, isIdentity: boolean): Meaning | undefined {
  const words = normal(name);
  if (flags.test(words)) return yes.has(value) ? 'has' : no.has(value) ? 'lacks' : undefined;
  if (typeof value !== 'string' || !powers.test(value)) return undefined;
  // `type` alone is of anything.
  if (isRole(name)) return 'has';
  return isIdentity && users.test(words) && /^(admin|administrator|root)$/i.test(value) ? 'has' : undefined;
}

const address = /^(localhost|::1|::ffff:127\.0\.0\.1|fe80:.*|(\d{1,3}\.){1,3}(\d{1,3})?(\/\d{1,2})?)$/i;

export function isAddress(text: Constant): boolean {
  return typeof text === 'string' && address.test(text);
}

/** A list of those who may, and not of those who may not. */
export function isAllowList(name: string): boolean {
  return (
    /allow|white|trust|internal|admin|local|safe|permit|office|vpn|corp|private|loopback/i.test(name) &&
    !/block|deny|denied|ban|black|limit|proxy|proxies/i.test(name)
  );
}

/** A function that says whether somebody may: `isAdmin`, `has_permission`, `ip_allowed`. */
export function saysRight(name: string): boolean {
  return /admin|auth|allow|permi|access|trust|internal|is_?local|staff|privileg|whitelist|^can[A-Z_]/i.test(
    name,
  );
}

/** A name by which somebody says which role they have. */
export function isRole(name: string): boolean {
  const words = normal(name);
  return roles.test(words) && !/^(type|level|group|groups)$/.test(words);
}

/** A name that ends so: `X-Shop-Role` says so of a program's own roles. */
const ownRole = /(^| )(role|roles|privilege|privileges)$/;

/** Whether a program may have its own roles by such a name, which any word can be. */
export function isOwnRole(name: string, value: Constant): boolean {
  return typeof value === 'string' && /^[a-z][a-z_-]{2,24}$/i.test(value) && ownRole.test(normal(name));
}

/** A role that may do more than others. */
export function isPower(role: string): boolean {
  return powers.test(role);
}

/** Lists of those roles that may, and a single one that is asked for. */
export const listsRoles: RegExp = /^((allowed|required|permitted|needed|expected)_?)?roles?$|^allowed$/i;

/** Tables of what a role may do. */
export const listsRights: RegExp =
  /^(role_?)?(rights|permissions|grants|privileges|abilities|capabilities|acl)(_?(by|of)_?roles?)?$/i;

/** A function that is asked whether a role may do something: `can(role, 'delete')`. */
export function asksRight(name: string): boolean {
  return /^(can|may|allows?|permits?|is_?(allowed|permitted|granted)|has_?(permission|right|access|privilege)|role_?(can|may|allows|has)\w*|check_?(permission|access|right))$/i.test(
    name,
  );
}
