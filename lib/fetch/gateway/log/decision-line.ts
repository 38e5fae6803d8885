import type { LookupAddress } from 'node:dns';
import { codes } from '../../../refusal/codes.ts';
import type { Denied } from '../../../refusal/decision.ts';
import { formatAddress, parseAddress } from '../../address/address.ts';
import { allowingRule } from '../../policy/allowing-rule.ts';
import type { Role } from '../role/role.ts';

/** What is known of one attempt when it was decided. */
export interface Attempt {
  readonly id: string;
  /** Undefined where nobody was recognised. */
  readonly role: Role | undefined;
  readonly principal: string;
  readonly method: string;
  /** Empty, and port 0, where the target could not be read. */
  readonly host: string;
  readonly port: number;
  /** `127.0.0.1:51234` */
  readonly client: string;
  /** When it began, as `performance.now()` tells. */
  readonly startedAt: number;
}

/** What became of it. */
export interface Result {
  readonly denied?: Denied | undefined;
  readonly wouldDeny?: Denied | undefined;
  /** Why it failed although it was allowed: `ECONNREFUSED`. */
  readonly error?: string;
  readonly answers?: readonly LookupAddress[];
  readonly peer?: string | undefined;
  /** True where a connection that was opened for an earlier request carried this one. */
  readonly kept?: boolean;
  /** What the client was answered; 0 where it was gone. For a request that went on, 0 as well: the next server says. */
  readonly status: number;
}

/** The canonical line: every attempt has one, with the same fields, whatever was decided. Every value is bounded. */
export function decisionLine(attempt: Attempt, result: Result): string {
  const { denied, wouldDeny, error, answers = [], peer, kept = false, status } = result;
  const { role } = attempt;
  const code = denied?.code ?? wouldDeny?.code;
  return line({
    msg: 'CANONICAL-EGRESS-DECISION',
    time: new Date().toISOString(),
    id: attempt.id,
    role: role?.name ?? null,
    principal: attempt.principal,
    method: attempt.method.slice(0, 32),
    host: attempt.host.slice(0, 256),
    port: attempt.port,
    client: attempt.client,
    action: role?.action ?? null,
    allow: denied === undefined,
    wouldDeny: (denied ?? wouldDeny) !== undefined,
    code: code ?? null,
    rule: denied ? ruleOf(denied) : role ? ruleFor(attempt, role, peer, wouldDeny) : null,
    reason: code !== undefined ? codes[code].message : (error ?? 'The rules allow it.'),
    detail: whyOf(denied),
    error: error ?? null,
    addresses: answers.slice(0, 32).map(({ address }) => plain(address)),
    address: peer === undefined ? null : plain(peer),
    kept,
    status,
    durationMs: since(attempt.startedAt),
  });
}

export interface Closing {
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** `ended`, `idle`, `life`, `error`, `stopped`, `reloaded` */
  readonly why: string;
}

/** The second line of a tunnel. `bytesOut` is what the client sent, `bytesIn` what it got. */
export function closeLine(attempt: Attempt, { bytesIn, bytesOut, why }: Closing): string {
  return line({
    msg: 'CANONICAL-EGRESS-CLOSE',
    time: new Date().toISOString(),
    id: attempt.id,
    role: attempt.role?.name ?? null,
    principal: attempt.principal,
    method: attempt.method,
    host: attempt.host,
    port: attempt.port,
    client: attempt.client,
    why,
    bytesIn,
    bytesOut,
    durationMs: since(attempt.startedAt),
  });
}

function ruleFor({ host, port }: Attempt, role: Role, peer: string | undefined, would?: Denied): string {
  return would ? `action ${role.action}` : allowingRule(host, port, peer, role.policy);
}

function ruleOf(denied: Denied): string {
  const { rule } = denied.detail as { readonly rule?: string };
  return (rule ?? denied.code).slice(0, 256);
}

/** What was wrong with a request that could not be read; other codes say enough by themselves. */
function whyOf(denied: Denied | undefined): string | null {
  const why = (denied?.detail as { readonly why?: unknown } | undefined)?.why;
  return typeof why === 'string' ? why.slice(0, 256) : null;
}

function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}

function plain(text: string): string {
  const address = parseAddress(text);
  return address === undefined ? text.slice(0, 64) : formatAddress(address);
}

/** JSON in ASCII: what some viewers take for the end of a line, or for the order of letters, is escaped too. */
function line(fields: object): string {
  const json = JSON.stringify(fields);
  return `${foreign.test(json) ? json.replace(allForeign, escaped) : json}\n`;
}

const foreign = /[\x7f-\uffff]/;
const allForeign = /[\x7f-\uffff]/g;

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
