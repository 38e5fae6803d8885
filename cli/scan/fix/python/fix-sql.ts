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
import type { Hole, Literal, TextPart } from '../text-part.ts';
import { withArgument } from './edit-arguments.ts';
import { builtText, expressionAt, holesOnTheWay, isPrepared, isText } from './expression.ts';
import {
  argumentsOf,
  calledPath,
  childOf,
  namedChildren,
  nodeAt,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';
import { djangoBinding, driverOf } from './sql-driver.ts';
import type { BuiltParts } from './text-parts.ts';

/** Replaces values that are concatenated into an SQL statement with bound parameters. */
export const fixSql: Fixer<PythonFile> = {
  rules: ['sql/injection'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'call', found.at, found.end);
    const client = clientOf(found.sink);
    if (!client) return left('How this client binds parameters is not known.');
    const given = call && (client === 'extra' ? extraArguments(file, call) : plainArguments(file, call));
    if (!call || !given) return left('The statement is not an argument of the call.');
    const { text, values } = given;
    const isTextCall = client === 'text';
    const binding = isTextCall
      ? named
      : client === 'driver'
        ? driverOf(file, found.sources, call)
        : djangoBinding;
    if (!binding) return left('Which database driver it is, the file does not say.');
    const built = builtText(file, text);
    if (!built) return left('The statement is built somewhere else than it is run.');
    const bound = bindValues(built.parts, binding, wantsOf(found, file, built.parts));
    if (!bound) return left('No value is in a place that takes a parameter.');
    const textEdits = editsOfText(built, bound);
    if (!textEdits) return left('Of the values that are formatted in, some are none.');
    const codes = bound.values.map((value) => codeOf(found, file, value, built.parts));
    const edit = isTextCall
      ? values
        ? undefined
        : namesEdit(file, call, codes)
      : client === 'extra' && !values
        ? paramsEdit(file, call, codes, bound)
        : tupleEdit(file, text, values, codes, bound);
    if (!edit || codes.includes(undefined))
      return left('The call does not pass its parameters as a literal list.');
    const fix = { title: 'Bind the values as parameters', edits: [...textEdits, edit] };
    return binding.bareIsTyped && bound.values.some(isBare) ? { ...fix, unsure: ofBareValue } : fix;
  },
};

type Client = 'text' | 'driver' | 'django' | 'extra';

/** The function that receives the statement, which decides how parameters are passed. */
function clientOf(sink: string): Client | undefined {
  if (sink === 'sqlalchemy.text') return 'text';
  if (/^dbapi\.(?:Connection|Cursor)\.execute$/.test(sink)) return 'driver';
  if (/^django\.(?:Manager\.raw|db\.models(?:\.expressions)?\.RawSQL)$/.test(sink)) return 'django';
  return sink === 'django.Manager.extra' ? 'extra' : undefined;
}

/** A statement, and its existing list of parameters. */
interface Statement {
  readonly text: PythonNode;
  readonly values: PythonNode | undefined;
}

function plainArguments(file: PythonFile, call: PythonNode): Statement | undefined {
  const given = argumentsOf(file, call);
  const [text, values, more] = given?.positional ?? [];
  return text && !more && given?.keywords.size === 0 ? { text, values } : undefined;
}

/** `extra(where=["..."], params=[...])` with only one condition, as the parameters are shared by all conditions. */
function extraArguments(file: PythonFile, call: PythonNode): Statement | undefined {
  const given = argumentsOf(file, call);
  const names = [...(given?.keywords.keys() ?? [])];
  if (!given || given.positional.length > 0 || names.some((name) => !/^(?:where|params)$/.test(name)))
    return undefined;
  const keyword = (name: string): PythonNode | undefined => childOf(given.keywords.get(name), 'value');
  const where = keyword('where');
  const [text, more] = where?.kind === 'list' ? namedChildren(where) : [];
  return text && !more ? { text, values: keyword('params') } : undefined;
}

/** `params=[...]` after the conditions. */
function paramsEdit(
  file: PythonFile,
  call: PythonNode,
  codes: readonly (string | undefined)[],
  { placeholders }: Bound,
): Edit | undefined {
  const list = childOf(call, 'arguments');
  return placeholders > 0 || !list ? undefined : withArgument(file, list, `params=[${codes.join(', ')}]`);
}

/** SQLAlchemy's `text`. */
const named: Binding = {
  write: (number) => `:p${number}`,
  numbered: false,
  placeholder: /(?<![:\w\\]):\w+(?!:)/,
  never: /(?<![:\w\\]):\w+(?!:)|:p\d/,
  doubleQuotes: false,
  textLimit: false,
  bareIsTyped: true,
};

/** Which holes to bind. A quoted hole is a text. An unquoted one must certainly be a value, not code. */
function wantsOf(
  found: Found,
  file: PythonFile,
  parts: readonly TextPart[],
): (hole: Hole, quoted: boolean) => boolean {
  const known = holesOnTheWay(file, found, parts);
  return (hole, quoted) => {
    const node = expressionAt(file, hole);
    return node !== undefined && !isPrepared(file, node) && (quoted || known.includes(hole));
  };
}

/** The edits of the statement. They also remove `f` and `% values` if nothing is left to format. */
function editsOfText({ parts, tail }: BuiltParts, bound: Bound): Edit[] | undefined {
  const edits = [...bound.edits];
  if (tail) {
    if (bound.unbound.length > 0) return undefined;
    return [...edits, { ...tail, text: '' }];
  }
  const kept = new Set(bound.unbound.map(({ literal }) => literal));
  const formatted = new Set(
    parts.map(({ literal }) => literal).filter((literal): literal is Literal => literal !== undefined),
  );
  for (const literal of formatted) {
    const letter = literal.prefix.search(/f/i);
    if (letter < 0 || kept.has(literal)) continue;
    const at = literal.at + letter;
    if (!edits.some((edit) => edit.at <= at && at < edit.end)) edits.push({ at, end: at + 1, text: '' });
  }
  return edits;
}

/** The code of a parameter. Undefined if it can't be written. */
function codeOf(
  found: Found,
  file: PythonFile,
  value: BoundValue,
  parts: readonly TextPart[],
): string | undefined {
  const [only] = value.pieces;
  if (value.pieces.length === 1 && only !== undefined && typeof only !== 'string') {
    const node = expressionAt(file, only);
    const code = file.text.slice(only.at, only.end);
    const isPlain = !value.quoted || (node && isText(file, node)) || isTextOfRequest(found, file, parts);
    return isPlain ? code : `str(${code})`;
  }
  const codes = value.pieces.map((piece) =>
    typeof piece === 'string' ? '' : file.text.slice(piece.at, piece.end),
  );
  const texts = value.pieces.map((piece) => (typeof piece === 'string' ? piece : ''));
  const quote = ['"', "'"].find((one) => ![...codes, ...texts].some((code) => code.includes(one)));
  if (!quote || codes.some((code) => /[\\\n]/.test(code)) || texts.some((text) => /[\\\n{}]/.test(text)))
    return undefined;
  const inner = value.pieces.map((piece, i) => (typeof piece === 'string' ? piece : `{${codes[i]}}`));
  return `f${quote}${inner.join('')}${quote}`;
}

/** Whether the only hole is a text from a request. A number made of it would not be reported. */
function isTextOfRequest({ finding }: Found, file: PythonFile, parts: readonly TextPart[]): boolean {
  if (parts.filter(({ kind }) => kind === 'hole').length !== 1) return false;
  const isAllHere = waysOf(finding).every((way) => way.every(({ place }) => place.path === file.path));
  // A quoted `None` was the text `None`. As a parameter it would be NULL.
  if (!isAllHere || mayMakeNone.test(file.text)) return false;
  return /\.(?:args|form|GET|POST|cookies|COOKIES|headers|query_params|path_params|get_argument\(\))` reaches /.test(
    finding.message,
  );
}

const mayMakeNone = /\w\s*\.\s*get\(\s*(?!["']\/)|\bget_\w*argument\b|\bNone\b|\bOptional\b|\.pop\(/;

/** Adds the tuple of values as the second argument, or extends the existing one. */
function tupleEdit(
  file: PythonFile,
  text: PythonNode,
  second: PythonNode | undefined,
  codes: readonly (string | undefined)[],
  { values, placeholders }: Bound,
): Edit | undefined {
  if (!second) {
    if (placeholders > 0) return undefined;
    const list = codes.length === 1 ? `(${codes[0]},)` : `(${codes.join(', ')})`;
    return { at: text.end, end: text.end, text: `, ${list}` };
  }
  if (second.kind !== 'tuple' && second.kind !== 'list') return undefined;
  const own = namedChildren(second);
  if (own.length !== placeholders || own.some(({ kind }) => kind === 'list_splat')) return undefined;
  const merged: (string | undefined)[] = [];
  let next = 0;
  values.forEach(({ before }, i) => {
    while (next < before) merged.push(source(file, own[next++] as PythonNode));
    merged.push(codes[i]);
  });
  merged.push(...own.slice(next).map((node) => source(file, node)));
  const [open, close] = second.kind === 'list' ? '[]' : '()';
  return { at: second.at, end: second.end, text: `${open}${merged.join(', ')}${close}` };
}

/** Adds a dictionary for `execute(text(...))`, or binds the values to the text itself. */
function namesEdit(file: PythonFile, call: PythonNode, codes: readonly (string | undefined)[]): Edit {
  const around = call.parent?.kind === 'argument_list' ? call.parent.parent : undefined;
  const given = around && argumentsOf(file, around);
  const isRunHere = around && /\.(?:execute|scalars?)$/.test(calledPath(file, around));
  if (isRunHere && given?.positional.length === 1 && given.keywords.size === 0) {
    const entries = codes.map((code, i) => `"p${i + 1}": ${code}`);
    return { at: call.end, end: call.end, text: `, {${entries.join(', ')}}` };
  }
  const names = codes.map((code, i) => `p${i + 1}=${code}`);
  return { at: call.end, end: call.end, text: `.bindparams(${names.join(', ')})` };
}
