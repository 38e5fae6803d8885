import { isIPv4 } from 'node:net';
import { decideAnswers } from '../../lib/fetch/lookup/answers.ts';
import { decideDestination, parseDestination } from '../../lib/fetch/policy/destination.ts';
import { parsePolicy } from '../../lib/fetch/policy/parse-policy.ts';
import type { HostSample } from './host-strings.ts';
import { readUrl } from './read-url.ts';
import { isSpecialAddress } from './special-addresses.ts';

const policy = parsePolicy({ hosts: 'public' });

export interface FuzzedDecision {
  /** What is wrong with the decision, in words; undefined where nothing is. */
  readonly wrong: string | undefined;
  readonly allowed: boolean;
}

/** Decides a sample and holds the decision against what Node's URL parser and the list of special addresses say. */
export function fuzzDecision({ text, a, aaaa }: HostSample): FuzzedDecision {
  const destination = parseDestination(`http://${text}/`);
  const url = readUrl(`http://${text}/`);
  if ('allow' in destination) {
    const wrong = url && isPlainPublic(url) ? `${url.host} was not read: ${destination.code}` : undefined;
    return { wrong, allowed: false };
  }
  const { host, port, address } = destination;
  const { hostname } = destination.url;
  if (url === undefined || url.hostname.replace(/\.$/, '') !== hostname.replace(/\.$/, '')) {
    return { wrong: `${hostname} is not ${url?.hostname}`, allowed: false };
  }
  const decision = decideDestination(destination, policy);
  const answers = [
    ...a.map((one) => ({ address: one, family: 4 })),
    ...aaaa.map((one) => ({ address: one, family: 6 })),
  ];
  const denied = !decision.allow
    ? decision
    : address === undefined
      ? decideAnswers(answers, host, port, policy)
      : undefined;
  if (denied) {
    const wrong =
      isPlainPublic(url) && denied.code !== 'fetch/cloud-metadata'
        ? `${url.host} is refused: ${denied.code}`
        : undefined;
    return { wrong, allowed: false };
  }
  const dialled =
    address === undefined ? answers.map((answer) => answer.address) : [hostname.replace(/^\[|\]$/g, '')];
  const special = dialled.filter(isSpecialAddress);
  if (special.length > 0) return { wrong: `${special.join(', ')} may be dialled`, allowed: true };
  return { wrong: port === 80 || port === 443 ? undefined : `port ${port} may be dialled`, allowed: true };
}

/** An address that nobody would call special, with nothing odd beside it: refusing it is a false alarm. */
function isPlainPublic({ hostname, port, username, password }: URL): boolean {
  const usual = username === '' && password === '' && (port === '' || port === '443');
  if (!usual) return false;
  const host = hostname.replace(/\.$/, '');
  if (isIPv4(host)) return !isSpecialAddress(host);
  // Of 2001::/23 some parts are public and some are not: the list here is rougher than the guard's.
  return /^\[2[46a-f]/.test(host) && !isSpecialAddress(host.slice(1, -1));
}
