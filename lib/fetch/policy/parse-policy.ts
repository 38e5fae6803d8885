import { unknownOption } from '../../internal/known-options.ts';
import { enforced, parseMode } from '../../internal/mode.ts';
import type { ConnectionOptions, FetchOptions, FetchPolicy } from './policy.ts';
import {
  contentType,
  hostRules,
  invalid,
  list,
  method,
  nat64,
  portList,
  privateRule,
  proxy,
  scheme,
  some,
  whole,
} from './read-option.ts';

/** Checks the options once, when the guard is created. Throws `Misuse` for invalid values. */
export function parsePolicy(given: FetchOptions): FetchPolicy {
  return policyOf(given, [...connectionNames, ...exchangeNames]);
}

/** The same for guards that only open connections, and don't see the exchange. */
export function parseConnectionPolicy(given: ConnectionOptions): FetchPolicy {
  return policyOf(given, connectionNames);
}

function policyOf(given: FetchOptions, names: readonly string[]): FetchPolicy {
  if (typeof given !== 'object' || given === null) throw invalid('The options are an object with `hosts`.');
  // Own properties alone: a polluted prototype must not open what the options leave shut.
  const options: FetchOptions = Object.assign(Object.create(null), given);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    if (!exchangeNames.includes(unknown)) throw unknownOption(unknown, names);
    throw invalid(`There is no option ${JSON.stringify(unknown)} here; createFetch has it.`);
  }
  const timeoutMs = whole('timeoutMs', options.timeoutMs ?? 10_000, 1, 2 ** 31 - 1);
  const downgrade = options.allowHttpDowngrade ?? false;
  if (typeof downgrade !== 'boolean') throw invalid('allowHttpDowngrade is true or false.');
  if (options.name !== undefined && typeof options.name !== 'string') throw invalid('name is a text.');
  const { mode, until } = options as { mode?: unknown; until?: unknown };
  if (until !== undefined && mode === undefined) throw invalid("until goes with mode: 'report'.");
  if (options.onDecision !== undefined && typeof options.onDecision !== 'function') {
    throw invalid('onDecision is a function.');
  }
  return Object.freeze({
    name: options.name,
    hosts: hostRules(options.hosts),
    allowPrivate: Object.freeze(list('allowPrivate', options.allowPrivate ?? []).map(privateRule)),
    ports: portList('ports', options.ports ?? [80, 443]),
    schemes: Object.freeze(some('schemes', options.schemes ?? ['http', 'https']).map(scheme)),
    methods: Object.freeze(some('methods', options.methods ?? standardMethods).map(method)),
    maxBytes: whole('maxBytes', options.maxBytes ?? 10_000_000, 1, Number.MAX_SAFE_INTEGER / 2),
    maxRatio: whole('maxRatio', options.maxRatio ?? 200, 1, 1_000_000),
    contentTypes:
      options.contentTypes === undefined
        ? undefined
        : Object.freeze(some('contentTypes', options.contentTypes).map(contentType)),
    timeoutMs,
    connectTimeoutMs: Math.min(
      timeoutMs,
      whole('connectTimeoutMs', options.connectTimeoutMs ?? 5_000, 1, 2 ** 31 - 1),
    ),
    maxRedirects: whole('maxRedirects', options.maxRedirects ?? 10, 0, 100),
    allowHttpDowngrade: downgrade,
    nat64: Object.freeze(list('nat64', options.nat64 ?? []).map(nat64)),
    proxy: options.proxy === undefined ? undefined : proxy(options.proxy),
    onDecision: options.onDecision,
    mode: options.mode === undefined ? enforced : parseMode(options),
  });
}

const standardMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const connectionNames: readonly string[] = [
  ...['hosts', 'allowPrivate', 'ports', 'schemes', 'methods', 'connectTimeoutMs', 'nat64', 'proxy', 'name'],
  ...['onDecision', 'mode', 'until'],
];

const exchangeNames: readonly string[] = [
  ...['maxBytes', 'maxRatio', 'contentTypes', 'timeoutMs', 'maxRedirects', 'allowHttpDowngrade'],
];
