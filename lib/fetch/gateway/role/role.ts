import { parseMode } from '../../../internal/mode.ts';
import { codes } from '../../../refusal/codes.ts';
import { Misuse } from '../../../refusal/misuse.ts';
import { parseConnectionPolicy } from '../../policy/parse-policy.ts';
import type { ConnectionOptions, FetchPolicy } from '../../policy/policy.ts';
import {
  type Fields,
  fieldAt,
  invalidAt,
  readFields,
  readList,
  readText,
  readWhole,
} from '../config/config-fields.ts';
import type { Limits } from '../config/limits.ts';
import { type CertificateRule, parseCertificateRule } from './certificate-rule.ts';
import { type Credential, parseCredential } from './credential.ts';

/** A group of clients, and where they may go. Frozen; what is under way is counted elsewhere. */
export interface Role {
  readonly name: string;
  readonly action: 'enforce' | 'report' | 'open';
  /** Until then `report` lets pass; 0 for the other actions. */
  readonly reportUntil: number;
  readonly anonymous: boolean;
  readonly credentials: readonly Credential[];
  readonly certificates: readonly CertificateRule[];
  /** The rules as they are written. Always enforcing: what an action lets pass is decided in `decideRole`. */
  readonly policy: FetchPolicy;
  readonly requestsPerSecond: number;
  readonly maxTunnels: number;
}

const policyFields = ['hosts', 'allowPrivate', 'ports', 'schemes', 'methods', 'nat64', 'proxy'] as const;
const fields = [
  ...['name', 'credentials', 'certificates', 'anonymous', 'action', 'until'],
  ...['requestsPerSecond', 'maxTunnels', ...policyFields],
];

export function parseRole(given: unknown, place: string, folder: string, limits: Limits): Role {
  const role = readFields(given, place, fields);
  const at = (name: string): string => fieldAt(place, name);
  const name = readText(role['name'], at('name'));
  if (!/^[\w.-]{1,64}$/.test(name)) {
    throw invalidAt(at('name'), 'A name has 1 to 64 letters, digits, dots, dashes and underscores.');
  }
  const anonymous = role['anonymous'] ?? false;
  if (typeof anonymous !== 'boolean') throw invalidAt(at('anonymous'), 'This is true or false.');
  const parsed = {
    name,
    ...parseAction(role, at),
    anonymous,
    credentials: each(role['credentials'], at('credentials'), (entry, where) =>
      parseCredential(entry, where, folder),
    ),
    certificates: each(role['certificates'], at('certificates'), parseCertificateRule),
    policy: parsePolicy(role, name, place),
    requestsPerSecond: readWhole(
      role['requestsPerSecond'] ?? limits.requestsPerSecond,
      at('requestsPerSecond'),
      1,
      1_000_000,
    ),
    maxTunnels: readWhole(role['maxTunnels'] ?? limits.maxTunnelsPerRole, at('maxTunnels'), 1, 1_000_000),
  };
  if (!anonymous && parsed.credentials.length === 0 && parsed.certificates.length === 0) {
    throw invalidAt(place, 'Nobody has this role: it needs credentials, certificates, or `anonymous: true`.');
  }
  return Object.freeze(parsed);
}

function parseAction(role: Fields, at: (name: string) => string): Pick<Role, 'action' | 'reportUntil'> {
  const action = role['action'] ?? 'enforce';
  if (action !== 'enforce' && action !== 'report' && action !== 'open') {
    throw invalidAt(at('action'), 'This is enforce, report or open.');
  }
  const until = role['until'];
  if (action !== 'report') {
    if (until !== undefined) throw invalidAt(at('until'), 'Only `action: report` has an end.');
    return { action, reportUntil: 0 };
  }
  // YAML 1.1 readers make dates of dates; both are taken.
  if (typeof until !== 'string' && !(until instanceof Date)) {
    throw invalidAt(at('until'), 'Report needs its end, a date such as 2027-01-31.');
  }
  try {
    return { action, reportUntil: parseMode({ mode: 'report', until }).reportUntil };
  } catch (error) {
    throw invalidAt(at('until'), (error as Error).message);
  }
}

/** The library's own reader of policies, with the place in the file before what it says. */
function parsePolicy(role: Fields, name: string, place: string): FetchPolicy {
  const given: Record<string, unknown> = { name };
  for (const field of policyFields) if (role[field] !== undefined) given[field] = role[field];
  each(role['allowPrivate'], fieldAt(place, 'allowPrivate'), (entry, where) =>
    readFields(entry, where, ['host', 'cidr', 'ports']),
  );
  try {
    return parseConnectionPolicy(given as unknown as ConnectionOptions);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    throw invalidAt(place, error.message.replace(`${codes['bulwark/invalid-option'].message} `, ''));
  }
}

function each<T>(value: unknown, place: string, parse: (entry: unknown, place: string) => T): readonly T[] {
  if (value === undefined) return [];
  return Object.freeze(readList(value, place).map((entry, index) => parse(entry, `${place}[${index}]`)));
}
