import { Misuse } from '../refusal/misuse.ts';
import { isDirectiveName } from './directive-name.ts';

/** @throws Misuse `csp/invalid-directive`: browsers ignore a name that they don't know, and with it what it stops. */
export function checkName(name: string): void {
  if (isDirectiveName(name)) return;
  throw new Misuse('csp/invalid-directive', `There is no directive ${JSON.stringify(name)}.`);
}

/** @throws Misuse `csp/invalid-directive`, `csp/unsafe-scripts` */
export function checkSources(directive: string, sources: unknown, allowUnsafe: boolean): readonly string[] {
  if (!Array.isArray(sources)) {
    throw new Misuse('csp/invalid-directive', `${directive} takes a list of strings, or false.`);
  }
  for (const source of sources) checkSource(directive, source, allowUnsafe);
  if (sources.length > 1 && sources.some((source) => /^'none'$/i.test(source))) {
    throw new Misuse(
      'csp/invalid-directive',
      `'none' stands alone; beside others it is ignored (${directive}).`,
    );
  }
  return Object.freeze([...sources]);
}

function checkSource(directive: string, source: unknown, allowUnsafe: boolean): void {
  // A semicolon ends a directive and a comma ends a policy, so neither may come from a source.
  if (typeof source !== 'string' || !/^[\x21-\x2b\x2d-\x3a\x3c-\x7e]+$/.test(source)) {
    throw new Misuse('csp/invalid-directive', `The source is ${JSON.stringify(source)} in ${directive}.`);
  }
  if (
    /^(?:self|none|strict-dynamic|(?:wasm-)?unsafe-\w+|nonce-.*|sha(?:256|384|512)-.*|report-sample)$/.test(
      source,
    )
  ) {
    throw new Misuse('csp/invalid-directive', `Write "'${source}'" with its single quotes in ${directive}.`);
  }
  if (/^'nonce['-]/i.test(source) && source !== "'nonce'") {
    throw new Misuse(
      'csp/invalid-directive',
      'A fixed nonce can be guessed. Write "\'nonce\'" for that of the response.',
    );
  }
  if (source.startsWith("'") && !keyword.test(source)) {
    throw new Misuse('csp/invalid-directive', `Browsers know no ${source}, and ignore it (${directive}).`);
  }
  if (!allowUnsafe && runsScripts.has(directive) && unsafe.test(source)) {
    throw new Misuse('csp/unsafe-scripts', `It is ${source} in ${directive}.`);
  }
}

/** The lengths are those of the hashes in base64: a hash that was cut short fits no script. */
const keyword =
  /^'(?:self|none|nonce|strict-dynamic|unsafe-(?:inline|eval|hashes|allow-redirects)|wasm-unsafe-eval|trusted-types-eval|report-sample|report-sha(?:256|384|512)|inline-speculation-rules|script|allow-duplicates|allow|block|sha256-[\w+/-]{43}=|sha384-[\w+/-]{64}|sha512-[\w+/-]{86}==)'$/i;

/** Where an injected script, plug-in or `<base>` finds its way in. */
const runsScripts: ReadonlySet<string> = new Set([
  ...['default-src', 'script-src', 'script-src-elem', 'script-src-attr', 'object-src', 'base-uri'],
]);

/** Keywords and schemes by which an injected script runs, and wildcards that any attacker's host fits. */
const unsafe =
  /^(?:'unsafe-inline'|'unsafe-eval'|'unsafe-hashes'|(?:https?|data|blob|filesystem|wss?):|(?:[a-z][a-z0-9+.-]*:\/\/)?\*(?:\.[a-z0-9-]+)?(?::[\d*]+)?(?:\/.*)?)$/i;
