import type { Node } from 'oxc-parser';
import { waysOf } from '../../../finding/finding.ts';
import { type Edit, type Fixer, type Found, left, type Proposal } from '../fix.ts';
import {
  type Binding,
  type Bound,
  type BoundValue,
  bindValues,
  isBare,
  ofBareValue,
} from '../sql/bind-values.ts';
import type { Hole, TextPart } from '../text-part.ts';
import { builtText } from './built-text.ts';
import { evidentType, expressionAt, holesOnTheWay, isPrepared, templateOf } from './expression.ts';
import { calledName, hasPlainArguments, type JavascriptFile, nodeAt, source } from './javascript-file.ts';

type Call = Extract<Node, { type: 'CallExpression' }>;

const question = { write: () => '?', numbered: false, placeholder: /\?/, never: /\?/ };
const dollar: Binding = {
  write: (number) => `$${number}`,
  numbered: true,
  placeholder: /\$\d+/,
  never: /\$\d/,
  doubleQuotes: false,
  textLimit: true,
  bareIsTyped: false,
};
const mysql: Binding = { ...question, doubleQuotes: true, textLimit: false, bareIsTyped: true };
const sqlite: Binding = { ...question, doubleQuotes: false, textLimit: true, bareIsTyped: true };

/** The parameter syntax of each client, by the name of its sink. */
const clients: readonly (readonly [RegExp, Binding])[] = [
  [/^pg\.Query$/, dollar],
  [/^pgp\.Database\.(?:query|any|one|oneOrNone|many|manyOrNone|none|result)$/, dollar],
  [/^pglite\.Database\.query$/, dollar],
  [/^postgresjs\.Sql\.unsafe$/, dollar],
  [/^mysql\.Connection\.(?:query|execute)$/, mysql],
  [/^sqlite3\.Database\.(?:run|get|all|each)$/, sqlite],
];
const statements = /^sqlite\.Database\.(?:prepare|query)$/;

/** Replaces values that are concatenated into an SQL statement with bound parameters. */
export const fixSql: Fixer<JavascriptFile> = {
  rules: ['sql/injection'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'CallExpression', found.at, found.end);
    const binding = clients.find(([sink]) => sink.test(found.sink))?.[1];
    const isStatement = statements.test(found.sink);
    if (!call || (!binding && !isStatement)) return left('How this client binds parameters is not known.');
    // Another client with the same name could have other placeholders.
    if (found.finding.confidence !== 'high')
      return left('The database client is only guessed from its name.');
    const [text, values] = call.arguments;
    if (!text || text.type === 'SpreadElement' || !hasPlainArguments(file, call))
      return left('The statement is not an argument of the call.');
    const parts = builtText(file, text)?.parts;
    if (!parts) return left('The statement is built somewhere else than it is run.');
    const bound = bindValues(parts, binding ?? sqlite, wantsOf(found, file, parts));
    if (!bound) return left('No value is in a place that takes a parameter.');
    const edit = binding
      ? listEdit(file, call, text, values, bound, binding)
      : argumentsEdit(file, call, bound);
    if (!edit) return left('The call does not pass its parameters as a literal list.');
    const fix = { title: 'Bind the values as parameters', edits: [...bound.edits, edit] };
    if (bound.values.some((value) => mayBeJson(found, file, value))) return { ...fix, unsure: ofJson };
    return (binding ?? sqlite).bareIsTyped && bound.values.some(isBare)
      ? { ...fix, unsure: ofBareValue }
      : fix;
  },
};

const ofJson = 'A `null` or a boolean of a JSON body, which SQL reads as such without quotes, becomes text.';

/** Whether an unquoted value may be something other than a text, as in a JSON body. A query string has only texts. */
function mayBeJson({ finding }: Found, file: JavascriptFile, { pieces, quoted }: BoundValue): boolean {
  const [only] = pieces;
  if (quoted || pieces.length > 1 || typeof only === 'string' || !only) return false;
  const node = expressionAt(file, only);
  if ((node && evidentType(file, node)) || /\.(?:query|params|headers|cookies)\b/.test(codeAt(file, only)))
    return false;
  return waysOf(finding).some(([first]) => /body|json|payload/i.test(first?.message ?? ''));
}

/** Whether the code of a hole, or of its variable, has a `null`. Without quotes that is SQL's NULL. */
function mayBeNull(file: JavascriptFile, hole: Hole): boolean {
  const code = codeAt(file, hole);
  if (/\b(?:null|undefined)\b/.test(code)) return true;
  if (!/^[\w$]+$/.test(code)) return false;
  const given = new RegExp(
    `(?<![\\w$.])${code.replaceAll('$', '\\$')}\\s*(?::[^=;\\n]*)?=(?![=>])[^;\\n]*\\b(?:null|undefined)\\b`,
  );
  return given.test(file.text);
}

/** Which holes to bind. A quoted hole is a text. An unquoted one must certainly be a value, not code. */
function wantsOf(
  found: Found,
  file: JavascriptFile,
  parts: readonly TextPart[],
): (hole: Hole, quoted: boolean) => boolean {
  const known = holesOnTheWay(file, found, parts);
  return (hole, quoted) => {
    const node = expressionAt(file, hole);
    if (node === undefined || isPrepared(file, node)) return false;
    return quoted || (known.includes(hole) && !mayBeNull(file, hole));
  };
}

function codeOf(file: JavascriptFile, { pieces, quoted }: BoundValue): string {
  const [only] = pieces;
  if (pieces.length > 1 || typeof only === 'string' || !only) {
    return templateOf(
      pieces.map((piece) => (typeof piece === 'string' ? piece : { code: codeAt(file, piece) })),
    );
  }
  const node = expressionAt(file, only);
  const type = node && evidentType(file, node);
  const isPlain = type === 'text' || (type === 'number' && !quoted);
  return isPlain ? codeAt(file, only) : `String(${codeAt(file, only)})`;
}

function codeAt(file: JavascriptFile, hole: Hole): string {
  return source(file, { start: hole.at, end: hole.end });
}

/** Adds the list of values as the second argument, or extends the existing list. */
function listEdit(
  file: JavascriptFile,
  call: Call,
  text: Node,
  second: Node | undefined,
  bound: Bound,
  binding: Binding,
): Edit | undefined {
  const codes = bound.values.map((value) => codeOf(file, value));
  const isCallback = second && /Function/.test(second.type);
  if (!second || isCallback) {
    if (bound.placeholders > 0 || !/^\s*[,)]/.test(file.text.slice(text.end))) return undefined;
    return { at: text.end, end: text.end, text: `, [${codes.join(', ')}]` };
  }
  if (second.type !== 'ArrayExpression' || call.arguments[1] !== second) return undefined;
  const elements = second.elements.map((element) => element && source(file, element));
  if (second.elements.some((element) => !element || /^(?:Spread|Sequence)/.test(element.type)))
    return undefined;
  if (binding.numbered ? elements.length < bound.placeholders : elements.length !== bound.placeholders)
    return undefined;
  const merged = binding.numbered ? [...elements, ...codes] : merge(elements as string[], codes, bound);
  if (binding.numbered && elements.length !== bound.placeholders) return undefined;
  return { at: second.start, end: second.end, text: `[${merged.join(', ')}]` };
}

/** With better-sqlite3, the values of a statement are arguments of `all`, `get`, `run` or `iterate`. */
function argumentsEdit(file: JavascriptFile, call: Call, bound: Bound): Edit | undefined {
  if (
    call.arguments.length !== 1 ||
    /\benv\b/.test(source(file, call.callee)) ||
    /\bD1Database\b/.test(file.text)
  ) {
    return undefined;
  }
  const member = file.parents.get(call);
  const run = member && file.parents.get(member);
  if (member?.type !== 'MemberExpression' || member.object !== call) return undefined;
  if (run?.type !== 'CallExpression' || run.callee !== member) return undefined;
  if (!/^(?:all|get|run|iterate|values)$/.test(calledName(run) ?? '')) return undefined;
  const given = run.arguments;
  if (!hasPlainArguments(file, run)) return undefined;
  if (given.length !== bound.placeholders) return undefined;
  if (!given.every((argument) => isOneValue(file, argument))) return undefined;
  const codes = merge(
    given.map((argument) => source(file, argument)),
    bound.values.map((value) => codeOf(file, value)),
    bound,
  );
  const first = given[0]?.start ?? run.end - 1;
  const last = given.at(-1)?.end ?? run.end - 1;
  return { at: first, end: last, text: codes.join(', ') };
}

/** Whether it is a single value. `all` and the like also accept a list or a record. */
function isOneValue(file: JavascriptFile, node: Node): boolean {
  if (node.type === 'MemberExpression' || node.type === 'CallExpression') return true;
  return evidentType(file, node) !== undefined;
}

/** The values in the order of their question marks. */
function merge(own: readonly string[], codes: readonly string[], { values }: Bound): string[] {
  const merged: string[] = [];
  let next = 0;
  values.forEach(({ before }, i) => {
    while (next < before) merged.push(own[next++] as string);
    merged.push(codes[i] as string);
  });
  return [...merged, ...own.slice(next)];
}
