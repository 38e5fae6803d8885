import { Misuse } from '../../refusal/misuse.ts';
import { parseConnectionPolicy } from '../policy/parse-policy.ts';
import type { ConnectionOptions, FetchPolicy } from '../policy/policy.ts';

/** The JSON content of a policy file: where connections may go, and options of the preload. */
export type EgressPolicyFile = Pick<
  ConnectionOptions,
  'hosts' | 'allowPrivate' | 'ports' | 'nat64' | 'name'
> & {
  /** Required: `report` logs violations and lets the reportable ones pass, `enforce` refuses them. */
  readonly mode: 'report' | 'enforce';
  /** Required for `report`: a date such as `2027-01-31`, at most 180 days ahead. From then on the policy is enforced. */
  readonly until?: string;
  /** Unix sockets and pipes to allow, by exact path; `@name` for an abstract one. None by default. */
  readonly allowSockets?: readonly string[];
  /** The proxy that clients of this process use: `http://proxy.example:3128`. Destinations behind it are not visible. */
  readonly proxy?: string;
  /** The time limit for a connection, including name resolution, in milliseconds. No limit by default. */
  readonly connectTimeoutMs?: number;
  /** Where decisions go: `stderr` (the default), `off`, or a file, relative to the policy file. */
  readonly log?: string;
};

/** A policy file that was parsed and checked. */
export interface EgressPolicy {
  readonly connections: FetchPolicy;
  readonly allowSockets: ReadonlySet<string>;
  readonly connectTimeoutMs: number | undefined;
  readonly log: string;
}

/** Checks a policy file. Throws `Misuse` for invalid values and unknown names. */
export function parseEgressPolicy(given: unknown): EgressPolicy {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalid('A policy file holds one JSON object.');
  }
  // Own properties alone: a polluted prototype must not open what the file leaves shut.
  const file = Object.assign(Object.create(null), given) as EgressPolicyFile;
  const unknown = Object.keys(file).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const why = ofRequests.includes(unknown) ? ': the preload sees connections and no requests' : '';
    throw invalid(`A policy file has no ${JSON.stringify(unknown)}${why}.`);
  }
  const empty = Object.keys(file).find((name) => (file as Record<string, unknown>)[name] === null);
  if (empty !== undefined) throw invalid(`${empty} is null: give it a value, or leave it out.`);
  const { allowSockets, log = 'stderr', connectTimeoutMs, ...rest } = file;
  if (rest.mode === undefined) {
    throw invalid("A policy file says its mode: 'report' with `until` to begin with, then 'enforce'.");
  }
  if (typeof log !== 'string' || log === '' || log.includes('\0')) {
    throw invalid("log is 'stderr', 'off' or the path of a file.");
  }
  return Object.freeze({
    connections: parseConnectionPolicy({
      ...rest,
      ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    } as ConnectionOptions),
    allowSockets: socketPaths(allowSockets ?? []),
    connectTimeoutMs,
    log,
  });
}

const names: readonly string[] = [
  ...['hosts', 'allowPrivate', 'ports', 'nat64', 'name', 'proxy', 'connectTimeoutMs', 'mode', 'until'],
  ...['allowSockets', 'log'],
];

const ofRequests: readonly string[] = [
  ...['schemes', 'methods', 'maxBytes', 'timeoutMs', 'maxRatio', 'contentTypes', 'maxRedirects'],
  'allowHttpDowngrade',
];

/** In the form that Node takes: an abstract socket's name begins with a zero byte. */
function socketPaths(given: unknown): ReadonlySet<string> {
  if (!Array.isArray(given)) throw invalid('allowSockets takes a list.');
  return new Set(
    given.map((path: unknown) => {
      // Longer than sun_path (unix(7)): older versions of libuv cut it off, and so reach another socket.
      const usable = typeof path === 'string' && !path.includes('\0') && Buffer.byteLength(path) <= 107;
      if (!usable || !/^(?:\/|@.|\\\\[.?]\\pipe\\)/.test(path)) {
        throw invalid(
          `allowSockets takes absolute paths of at most 107 bytes and @names, not ${JSON.stringify(path)}.`,
        );
      }
      return path.startsWith('@') ? `\0${path.slice(1)}` : path;
    }),
  );
}

function invalid(sentence: string): Misuse {
  return new Misuse('bulwark/invalid-option', sentence);
}
