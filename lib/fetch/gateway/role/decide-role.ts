import type { LookupAddress } from 'node:dns';
import { type Denied, deny } from '../../../refusal/decision.ts';
import { decideAnswers } from '../../lookup/answers.ts';
import { decideMethod, decidePlace } from '../../policy/destination.ts';
import type { FetchPolicy } from '../../policy/policy.ts';
import type { Role } from './role.ts';

/** What a role's rules say, and what its action makes of that. */
export interface Verdict {
  /** Why it is refused. */
  readonly denied: Denied | undefined;
  /** Why the rules alone would refuse what the action lets pass. */
  readonly wouldDeny: Denied | undefined;
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** What can be said before a name is resolved: asked for every request. `method` is CONNECT for a tunnel. */
export function decideRequest(role: Role, method: string, { host, port }: Place): Verdict {
  const { schemes } = role.policy;
  const tunnel = method === 'CONNECT';
  // A tunnel carries TLS as a rule, and nobody here can see whether it does.
  if (!schemes.includes(tunnel ? 'https:' : 'http:')) return refused(schemeDenied(tunnel));
  // It would show the next server's answer to the proxy's credentials, where one echoes them (RFC 9110, 9.3.8).
  if (method === 'TRACE' || method === 'TRACK')
    return refused(deny('fetch/method-not-allowed', { method, host }));
  return byAction(role, { host, port }, (policy, written) => {
    const place = decidePlace(host, port, policy);
    if (!place.allow || tunnel || !written) return place.allow ? undefined : place;
    const verb = decideMethod(method, host, policy);
    return verb.allow ? undefined : verb;
  });
}

/** What the addresses say: asked for every connection. */
export function decideResolved(role: Role, answers: readonly LookupAddress[], place: Place): Verdict {
  return byAction(role, place, (policy) => decideAnswers(answers, place.host, place.port, policy));
}

/**
 * `report` and `open` let pass what only hosts, ports and methods forbid. So they ask a second time, with rules that
 * forbid none of these; private addresses and metadata are refused there as well.
 */
function byAction(
  role: Role,
  { port }: Place,
  decide: (policy: FetchPolicy, written: boolean) => Denied | undefined,
): Verdict {
  const strict = decide(role.policy, true);
  if (!strict || !isLenient(role)) return { denied: strict, wouldDeny: undefined };
  const floor = { ...role.policy, hosts: undefined, ports: [port] };
  const denied = decide(floor, false);
  return denied ? { denied, wouldDeny: undefined } : { denied: undefined, wouldDeny: strict };
}

/** True where the role's action lets pass what its rules forbid: for `report` until its end. */
function isLenient({ action, reportUntil }: Role): boolean {
  return action === 'open' || (action === 'report' && Date.now() < reportUntil);
}

function schemeDenied(tunnel: boolean): Denied {
  const hint = tunnel
    ? "The role's schemes leave https out, and so every tunnel."
    : "The role's schemes leave http out, and so every plain request.";
  return deny('fetch/scheme-not-allowed', { url: tunnel ? 'https:' : 'http:' }, hint);
}

function refused(denied: Denied): Verdict {
  return { denied, wouldDeny: undefined };
}
