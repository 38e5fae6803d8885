import { Misuse } from '../refusal/misuse.ts';
import { isDirectiveName } from './directive-name.ts';
import { valuesOf } from './directive-values.ts';

/** @throws Misuse `csp/invalid-directive`: browsers ignore a name that they don't know, and with it what it stops. */
export function checkName(name: string): void {
  if (!isDirectiveName(name)) throw invalid(`There is no directive ${JSON.stringify(name)}.`);
}

/**
 * The values as they were found at one reading: what was checked is what is written.
 *
 * @throws Misuse `csp/invalid-directive`, `csp/unsafe-scripts`
 */
export function checkSources(directive: string, given: unknown, allowUnsafe: boolean): readonly string[] {
  if (!Array.isArray(given)) throw invalid(`${directive} takes a list of strings, or false.`);
  const sources = Object.freeze([...given]);
  for (const source of sources) checkSource(directive, source, allowUnsafe);
  if (sources.length > 1 && sources.some((source) => /^'none'$/i.test(source))) {
    throw invalid(`'none' stands alone; beside others it is ignored (${directive}).`);
  }
  checkCount(directive, sources);
  return sources;
}

/** @throws Misuse `csp/invalid-directive` for a list that browsers ignore as a whole */
export function checkCount(directive: string, sources: readonly string[]): void {
  const { least, most, takes } = valuesOf(directive);
  if (sources.length < least || sources.length > most) throw invalid(`${directive} takes ${takes}.`);
}

function checkSource(directive: string, source: unknown, allowUnsafe: boolean): void {
  if (typeof source !== 'string') throw invalid(`${directive} takes strings, and not a ${typeof source}.`);
  if (/^'nonce['-]/i.test(source) && source !== "'nonce'") {
    throw invalid('A fixed nonce can be guessed. Write "\'nonce\'" for that of the response.');
  }
  const { form, takes } = valuesOf(directive);
  // What fits has no semicolon, which ends a directive, and no comma, which ends a policy.
  if (!form.test(source)) {
    const quoted = `'${source.replace(/^['"]|['"]$/g, '')}'`;
    if (form.test(quoted)) throw invalid(`Write "${quoted}" with its single quotes in ${directive}.`);
    throw invalid(`Browsers ignore ${JSON.stringify(source)} in ${directive}, which takes ${takes}.`);
  }
  if (!allowUnsafe && runsScripts.has(directive) && unsafe.test(source)) {
    throw new Misuse('csp/unsafe-scripts', `It is ${source} in ${directive}.`);
  }
}

function invalid(where: string): Misuse {
  return new Misuse('csp/invalid-directive', where);
}

/** Where an injected script, plug-in or `<base>` finds its way in. */
const runsScripts: ReadonlySet<string> = new Set([
  ...['default-src', 'script-src', 'script-src-elem', 'script-src-attr', 'object-src', 'base-uri'],
]);

/** Keywords and schemes by which an injected script runs, and wildcards that any attacker's host fits. */
const unsafe =
  /^(?:'unsafe-inline'|'unsafe-eval'|'unsafe-hashes'|(?:https?|data|blob|filesystem|wss?):|(?:[a-z][a-z0-9+.-]*:\/\/)?\*(?:\.[a-z0-9-]+\.?)?(?::[\d*]+)?(?:\/.*)?)$/i;
