import { languageAt, type Program } from '../../callgraph/program.ts';
import type { Origin } from '../../dataflow/domain/taint.ts';
import type { LanguageId } from '../../languages/language-id.ts';
import { javascriptSpellings, pythonSpellings, type Spelling } from './code-names.ts';

/**
 * The name of a source or sink in code, made from the name that its model gives it: `guess.Request.GET` -> `request.GET` in
 * Python, `express.Request.query` -> `req.query` in JavaScript.
 */
export function shownName(what: string, language: LanguageId): string {
  const spelt = (spellers[language] ?? inPython)(what);
  return spelt
    .replace(/\.(?:\*|\d+|__element__)$/, '')
    .replace(' $', '.$')
    .replace(/^\./, '');
}

/**
 * The name of a source for messages, spelled as in the language of its code. If the source is a parameter of the project's
 * code, this is the parameter's own name.
 */
export function shownOrigin(program: Program, origin: Origin & { readonly kind: 'source' }): string {
  const info = program.functions[origin.func];
  const func = info?.func;
  const { id: language } = languageAt(program, info?.module ?? -1);
  const [found, path = ''] = / parameter \w+((?:\.\w+)*)$/.exec(origin.what) ?? [];
  if (found === undefined) return shownName(origin.what, language);
  const inst = func?.code[origin.value];
  const base = path !== '' && inst?.op === 'member' ? func?.code[inst.object] : inst;
  const name = base?.op === 'param' ? func?.params[base.index]?.name : '';
  if (name) return path ? `${name}${path}` : `the parameter \`${name}\``;
  return path ? path.slice(1) : shownName(origin.what, language);
}

/** Puts code in backticks. A phrase, which has spaces, is returned unchanged. */
export function quoted(shown: string): string {
  return shown.includes(' ') ? shown : `\`${shown}\``;
}

function spell(what: string, spellings: readonly Spelling[]): string | undefined {
  const found = spellings.find(([pattern]) => pattern.test(what));
  return found && what.replace(found[0], found[1]);
}

/** A value usually has the name of its type: `repository.save` for `typeorm.Repository.save`. */
function inJavascript(what: string): string {
  const callback = /^(\S+) argument \d+ parameter \d+$/.exec(what)?.[1];
  if (callback !== undefined) return `a parameter of the \`${inJavascript(callback)}\` callback`;
  const spelt = spell(what, javascriptSpellings);
  if (spelt !== undefined) return spelt;
  const own = what.replace(/^[\w-]+\.(?=[A-Z])/, '');
  return own === what ? what : own.replace(/^[A-Z](?=\w*\.)/, (first) => first.toLowerCase());
}

/** Names in templates are spelled as in most engines. */
function inPython(what: string): string {
  return spell(what, pythonSpellings) ?? what;
}

const spellers: Readonly<Partial<Record<LanguageId, (what: string) => string>>> = {
  javascript: inJavascript,
  python: inPython,
};

/** Matches a type that was inferred from a variable's name alone. */
export const guessedType: RegExp = /^guess\./;
