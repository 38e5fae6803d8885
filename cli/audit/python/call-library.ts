import { argument, type CallArguments } from './call-arguments.ts';
import { castName, strtobool, whole } from './casts.ts';
import { readOptional, readVariable, writeVariable } from './environment.ts';
import type { Frame } from './interpreter.ts';
import type { Spot } from './module-file.ts';
import { truthOf } from './operators.ts';
import {
  combine,
  Failure,
  isType,
  known,
  list,
  notKnown,
  type Plain,
  type PyDict,
  type PyReader,
  seenAt,
  type Value,
  withUnset,
} from './value.ts';

const unclear = new Failure('it is computed');

/** What a function of Python or of a library returns. Undefined if it is not known. */
export function callLibrary(frame: Frame, path: string, given: CallArguments, spot: Spot): Value | undefined {
  if (given.isOpen) return undefined;
  if (path === 'os.environ.get' || path === 'os.getenv') {
    const name = argument(given, 0, 'key') ?? notKnown('it is computed');
    const initial = argument(given, 1, 'default');
    return initial ? readVariable(frame, name, { initial }, spot) : readOptional(frame, name, spot);
  }
  if (path === 'os.environ.setdefault') {
    const [name, value] = given.positional;
    if (name && value) writeVariable(frame, name, value, spot, true);
    return undefined;
  }
  if (path === 'decouple.Csv') return known({ type: 'reference', path: 'builtins.csv' });
  if (path === 'builtins.dict') return dictOf(given, spot);
  const library = readers.get(path);
  if (library) return known(readerOf(library, given), [spot]);
  const compute = path.endsWith('.strtobool') ? readBoolean : functions.get(path);
  const [first] = given.positional;
  if (!compute || given.named.size > 0 || given.positional.length > 1) return undefined;
  return seenAt(
    combine([withUnset(first ?? known(list([])))], ([plain = null]) => compute(plain)),
    spot,
  );
}

const readers: ReadonlyMap<string, PyReader['library']> = new Map([
  ['environ.Env', 'environ'],
  ['environ.FileAwareEnv', 'environ'],
  ['environs.Env', 'environs'],
  ['environs.FileAwareEnv', 'environs'],
  ['decouple.AutoConfig', 'decouple'],
  ['decouple.Config', 'decouple'],
]);

/** `dict(debug=False)`, `dict(base, debug=True)` */
function dictOf({ positional, named }: CallArguments, spot: Spot): Value | undefined {
  const made: PyDict = { type: 'dict', entries: new Map(), spots: [] };
  const base = positional[0]?.[0].plain;
  if (positional.length > 0 && !isType(base, 'dict')) return undefined;
  if (isType(base, 'dict')) {
    for (const [name, value] of base.entries) made.entries.set(name, value);
    if (base.more !== undefined) made.more = base.more;
  }
  for (const [name, value] of named) made.entries.set(name, value);
  return known(made, [spot]);
}

/** `environ.Env(DEBUG=(bool, False))` */
function readerOf(library: PyReader['library'], { named }: CallArguments): PyReader {
  const scheme = new Map<string, { cast: string; initial?: Value }>();
  if (library === 'environ') {
    for (const [name, [{ plain }]] of named) {
      const [cast, initial] = isType(plain, 'list') ? plain.items : [];
      scheme.set(name, {
        cast: castName(cast?.[0].plain ?? plain),
        ...(initial === undefined ? {} : { initial }),
      });
    }
  }
  return { type: 'reader', library, scheme, prefix: '' };
}

function readBoolean(plain: Plain): Plain | Failure {
  if (typeof plain === 'boolean') return plain;
  return typeof plain === 'string' ? strtobool(plain) : unclear;
}

function asList(plain: Plain): Plain | Failure {
  if (isType(plain, 'list')) return { ...plain, items: [...plain.items], spots: [...plain.spots] };
  return unclear;
}

const functions: ReadonlyMap<string, (plain: Plain) => Plain | Failure> = new Map<
  string,
  (plain: Plain) => Plain | Failure
>([
  ['builtins.bool', (plain) => truthOf(plain) ?? unclear],
  [
    'builtins.int',
    (plain) => {
      if (typeof plain === 'string') return whole(plain);
      return typeof plain === 'number' || typeof plain === 'boolean' ? Math.trunc(Number(plain)) : unclear;
    },
  ],
  [
    'builtins.float',
    (plain) => (typeof plain === 'number' || typeof plain === 'boolean' ? Number(plain) : unclear),
  ],
  [
    'builtins.str',
    (plain) => {
      if (typeof plain === 'string') return plain;
      if (plain === null) return 'None';
      if (typeof plain === 'boolean') return plain ? 'True' : 'False';
      return typeof plain === 'number' && Number.isInteger(plain) ? String(plain) : unclear;
    },
  ],
  [
    'builtins.len',
    (plain) => {
      if (typeof plain === 'string') return plain.length;
      return isType(plain, 'list') && plain.more === undefined && !plain.isLoose
        ? plain.items.length
        : unclear;
    },
  ],
  ['builtins.list', asList],
  ['builtins.tuple', asList],
  ['builtins.set', asList],
  ['builtins.frozenset', asList],
  ['json.loads', fromJson],
  ['ast.literal_eval', (plain) => (typeof plain === 'string' ? literal(plain) : unclear)],
]);

function literal(text: string): Plain | Failure {
  if (/^(True|False)$/.test(text)) return text === 'True';
  return text === 'None' ? null : whole(text);
}

function fromJson(plain: Plain): Plain | Failure {
  if (typeof plain !== 'string') return unclear;
  const found = /^\s*(true|false|null|-?\d+)\s*$/.exec(plain)?.[1];
  if (found === undefined) return unclear;
  return found === 'null' ? null : found === 'true' || (found === 'false' ? false : Number(found));
}
