import { Misuse } from '../refusal/misuse.ts';
import { checkCount, checkName, checkSources } from './check-source.ts';
import { fallbacksOf } from './directive-name.ts';
import { valuesOf } from './directive-values.ts';

/** A policy's directives in the order in which they are sent. */
export type Directives = ReadonlyMap<string, readonly string[]>;

/** Lists of sources by directive name. */
export type CspSources = Readonly<Record<string, readonly string[]>>;

/** The same; `false` removes a directive. */
export type CspChanges = Readonly<Record<string, readonly string[] | false>>;

/** Changes that were checked and copied. */
export type CheckedChanges = ReadonlyMap<string, readonly string[] | false>;

/** @throws Misuse `csp/invalid-directive`, `csp/unsafe-scripts`, `bulwark/invalid-option` */
export function checkChanges(option: string, changes: unknown, allowUnsafe: boolean): CheckedChanges {
  const checked = new Map<string, readonly string[] | false>();
  for (const [name, sources] of entriesOf(option, changes)) {
    checked.set(name, sources === false ? false : checkSources(name, sources, allowUnsafe));
  }
  return checked;
}

/** For `style` attributes, which no nonce reaches. */
export const inlineStyles: readonly string[] = Object.freeze(["'unsafe-inline'"]);

/** Whoever replaces `style-src` decides on attributes too: the default for them is not put beside it. */
export function replaceDirectives(base: Directives, changes: CheckedChanges): Directives {
  const changed = new Map(base);
  if (changes.has('style-src') && changed.get('style-src-attr') === inlineStyles) {
    changed.delete('style-src-attr');
  }
  for (const [name, sources] of changes) {
    if (sources === false) changed.delete(name);
    else changed.set(name, sources);
  }
  return changed;
}

/** Adds sources to those that hold now, be it by the directive itself or by the one that it falls back to. */
export function extendDirectives(base: Directives, additions: unknown, allowUnsafe: boolean): Directives {
  const changed = new Map(base);
  for (const [name, given] of entriesOf('extend', additions)) {
    const added = checkSources(name, given, allowUnsafe);
    if (added.includes("'none'")) {
      throw new Misuse('csp/invalid-directive', `'none' adds nothing to ${name}. Replace it in directives.`);
    }
    const holding = [name, ...fallbacksOf(name)].find((one) => changed.has(one));
    // Of a directive for scripts, the one that falls back to it has no use for the keywords.
    const { form } = valuesOf(name);
    const present = (holding === undefined ? [] : (changed.get(holding) ?? [])).filter(
      (one) => one !== "'none'" && form.test(one),
    );
    if (present.includes("'strict-dynamic'")) checkHeeded(name, added);
    const all = Object.freeze([...new Set([...present, ...added])]);
    checkCount(name, all);
    changed.set(name, all);
  }
  return changed;
}

/** A host beside 'strict-dynamic' would look as if it were allowed, and is not. */
function checkHeeded(name: string, added: readonly string[]): void {
  const ignored = added.find((source) => !source.startsWith("'") || source === "'self'");
  if (ignored === undefined) return;
  throw new Misuse(
    'csp/invalid-directive',
    `Beside 'strict-dynamic' browsers ignore ${ignored} in ${name}. Put the nonce on the script that loads it.`,
  );
}

/**
 * What leaves the door open as a whole, though each source is harmless.
 *
 * @throws Misuse `csp/unsafe-scripts`
 */
export function checkDirectives(directives: Directives): void {
  const scripts = directives.get('script-src') ?? directives.get('default-src');
  if (!scripts) throw new Misuse('csp/unsafe-scripts', 'Neither script-src nor default-src is left.');
  if (!directives.has('object-src') && !directives.has('default-src')) {
    throw new Misuse(
      'csp/unsafe-scripts',
      'Neither object-src nor default-src is left: plug-ins run scripts.',
    );
  }
  // A script with a nonce and a relative URL is loaded from wherever an injected <base> says.
  const trusting = scripts.includes("'nonce'") || scripts.includes("'strict-dynamic'");
  if (trusting && !directives.has('base-uri')) {
    throw new Misuse(
      'csp/unsafe-scripts',
      'base-uri is left out: an injected <base> moves your own scripts.',
    );
  }
}

/** The directives by the names that are sent; browsers read them in any case. */
function entriesOf(option: string, changes: unknown): ReadonlyMap<string, unknown> {
  const entries = new Map<string, unknown>();
  if (changes === undefined) return entries;
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
    throw new Misuse('bulwark/invalid-option', `${option} takes a record of lists of sources.`);
  }
  for (const [written, value] of Object.entries(changes)) {
    const name = written.toLowerCase();
    checkName(name);
    if (entries.has(name)) {
      throw new Misuse('csp/invalid-directive', `${option} has ${name} twice; browsers take the first.`);
    }
    entries.set(name, value);
  }
  return entries;
}
