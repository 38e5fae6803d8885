import { argument, type CallArguments } from './call-arguments.ts';
import { callFunction } from './call-function.ts';
import { castName, castNamed } from './casts.ts';
import { type Cast, readVariable } from './environment.ts';
import type { Frame } from './interpreter.ts';
import type { Spot } from './module-file.ts';
import { Failure, isType, known, notKnown, type Plain, type PyReader, type Value } from './value.ts';

const unclear = notKnown('it is computed');

/** `env('X', default=...)`, `config('X', default=..., cast=bool)` */
export function callReader(frame: Frame, reader: PyReader, given: CallArguments, spot: Spot): Value {
  if (given.isOpen) return notKnown('it is computed', [spot]);
  const name = argument(given, 0, reader.library === 'decouple' ? 'option' : 'var') ?? unclear;
  const isDecouple = reader.library === 'decouple';
  // environ: env(var, cast, default); environs: env(name, default); decouple: config(option, default, cast).
  const initial = argument(given, reader.library === 'environ' ? 2 : 1, 'default');
  const castValue = reader.library === 'environs' ? undefined : argument(given, isDecouple ? 2 : 1, 'cast');
  const [{ plain }] = name;
  const declared = typeof plain === 'string' ? reader.scheme.get(`${reader.prefix}${plain}`) : undefined;
  const cast = castOf(frame, reader, castValue, declared?.cast);
  const first = initial ?? declared?.initial;
  if (!first) return readVariable(frame, prefixed(reader, name), { cast }, spot);
  return readVariable(
    frame,
    prefixed(reader, name),
    { cast, initial: isDecouple && castValue ? casted(first, cast) : first },
    spot,
  );
}

/** `env.bool('X', default=False)`. Undefined for what does not read a variable. */
export function readerMethod(
  frame: Frame,
  reader: PyReader,
  method: string,
  given: CallArguments,
  spot: Spot,
): Value {
  if (/^(read_env|read_envfile)$/.test(method)) return known(null);
  const name = argument(given, 0, 'var') ?? argument(given, 0, 'name');
  if (!/^(bool|str|int|float|list|tuple|get_value|__call__)$/.test(method) || !name || given.isOpen) {
    return notKnown(`it is computed by ${method}()`, [spot]);
  }
  if (method === 'get_value' || method === '__call__') return callReader(frame, reader, given, spot);
  const initial = argument(given, method === 'list' && reader.library === 'environ' ? 2 : 1, 'default');
  const [{ plain }] = name;
  const declared =
    typeof plain === 'string' ? reader.scheme.get(`${reader.prefix}${plain}`)?.initial : undefined;
  const cast = castNamed(reader.library, method) ?? cannot;
  const first = initial ?? declared;
  return readVariable(frame, prefixed(reader, name), first ? { cast, initial: first } : { cast }, spot);
}

function prefixed({ prefix }: PyReader, name: Value): Value {
  const [{ plain }] = name;
  return prefix !== '' && typeof plain === 'string' ? known(prefix + plain) : name;
}

const cannot: Cast = () => new Failure('it is computed');

function castOf(frame: Frame, reader: PyReader, cast: Value | undefined, declared: string | undefined): Cast {
  if (!cast)
    return declared === undefined ? (text): Plain => text : (castNamed(reader.library, declared) ?? cannot);
  const [{ plain }] = cast;
  if (isType(plain, 'function')) {
    return (text) => {
      const result = callFunction(frame, plain, {
        positional: [known(text)],
        named: new Map(),
        isOpen: false,
      });
      const value = result?.length === 1 ? result[0].plain : undefined;
      return value ?? new Failure('it is computed');
    };
  }
  const name = isType(plain, 'reference') ? castName(plain) : '?';
  return castNamed(reader.library, name) ?? cannot;
}

/** decouple casts defaults too. */
function casted(initial: Value, cast: Cast): Value {
  const [{ plain, spots }, ...others] = initial;
  if (plain === undefined || others.length > 0) return initial;
  if (typeof plain === 'boolean' || typeof plain === 'number' || plain === null) return initial;
  if (typeof plain !== 'string') return notKnown('its default is computed', spots);
  const result = cast(plain);
  return result instanceof Failure ? notKnown(result.reason, spots) : known(result, spots);
}
