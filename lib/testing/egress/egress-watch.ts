import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { parseAddress } from '../../fetch/address/address.ts';
import { hostOf, parseHostRule } from '../../fetch/policy/host-rule.ts';
import { type ConnectTarget, portNumber } from '../../fetch/preload/connect-target.ts';
import type { Attempted } from '../../fetch/preload/connections.ts';
import type { SocketJudge } from '../../fetch/preload/guard-sockets.ts';
import { Misuse } from '../../refusal/misuse.ts';

/** Lets what is allowed pass, and notes the rest. */
export interface EgressWatch extends SocketJudge {
  /** A line for each, up to a number that a person reads. */
  readonly attempts: readonly string[];
  allowsName(host: string): boolean;
  /** Notes it, and gives the error that it fails by. */
  refuse(kind: string, target: string): Error;
}

interface Place {
  readonly host: string;
  readonly port: number | undefined;
}

const most = 20;

/** @throws Misuse `bulwark/invalid-option` */
export function egressWatch(allow: readonly string[]): EgressWatch {
  const paths = new Set(allow.filter((rule) => rule.startsWith('/')));
  const places = allow.filter((rule) => !rule.startsWith('/')).map(readPlace);
  const attempts: string[] = [];
  const allows = (host: string, port: number): boolean =>
    places.some((place) => place.host === hostOf(host) && (place.port ?? port) === port);

  const watch: EgressWatch = {
    attempts,
    allowsName: (host) => places.some((place) => place.host === hostOf(host)),
    refuse(kind, target) {
      if (attempts.length < most) attempts.push(`${kind} to ${target}`);
      return Object.assign(new Error(`expectNoEgress: ${kind} to ${target} is not allowed.`), {
        code: 'EACCES',
      });
    },
    decide({ path, host, port }: ConnectTarget) {
      if (typeof path === 'string') {
        return paths.has(path) ? { ...attempted, path, host: path } : watch.refuse('a Unix socket', path);
      }
      const number = portNumber(port);
      if (path !== undefined || number === undefined || typeof host !== 'string') return undefined;
      const attempt: Attempted = { ...attempted, host, dialled: host, port: number };
      const family = isIP(host);
      return family === 0 ? attempt : (watch.judge(attempt, [{ address: host, family }]) ?? attempt);
    },
    judge(attempt, answers) {
      const { host, port } = attempt;
      attempt.answers = answers;
      if (allows(host, port) || answers.every(({ address }) => allows(address, port))) return undefined;
      return watch.refuse('a connection', targetOf(host, port, answers));
    },
    connected: () => undefined,
    failed: () => {},
    late: () => new Error('There is no limit.'),
  };
  return watch;
}

const attempted: Attempted = {
  ...{ path: undefined, host: '', dialled: '', port: 0, proxy: false, answers: [] },
  ...{ place: undefined, reported: undefined, told: false },
};

function targetOf(host: string, port: number, answers: readonly LookupAddress[]): string {
  const addresses = answers.map(({ address }) => address).join(', ');
  const shown = host.slice(0, 256);
  return isIP(host) === 0
    ? `${shown}:${port} (${addresses})`
    : `${isIP(host) === 6 ? `[${shown}]` : shown}:${port}`;
}

/** `localhost`, `localhost:5432`, `127.0.0.1`, `[::1]:80`, `::1`. */
function readPlace(rule: string): Place {
  if (parseAddress(rule) !== undefined) return { host: hostOf(rule), port: undefined };
  const [, name = rule, digits] = /^(.*?)(?::(\d+))?$/.exec(rule) ?? [];
  const read = parseHostRule(name);
  const port = digits === undefined ? undefined : portNumber(digits);
  if (!read || read.wildcard || (digits !== undefined && port === undefined)) {
    throw new Misuse(
      'bulwark/invalid-option',
      `allow takes hosts, addresses and sockets, and not '${rule}'.`,
    );
  }
  return { host: read.name, port };
}
