import type { Variable } from './deployed-variables.ts';
import type { Frame } from './interpreter.ts';
import type { Spot } from './module-file.ts';
import { Failure, known, manySpots, notKnown, oneOf, type Plain, seenAt, type Value } from './value.ts';

/** What becomes of the text of a variable. */
export type Cast = (text: string) => Plain | Failure;

export interface Reading {
  readonly cast?: Cast;
  /** What it is where the environment lacks the variable. */
  readonly initial?: Value;
}

/** `os.environ['X']`, `env('X', default=...)`: what the deployment sets, else the default of the code. */
export function readVariable(frame: Frame, name: Value, reading: Reading, spot: Spot): Value {
  const [{ plain }] = name;
  if (typeof plain !== 'string') return notKnown('it is read from a variable whose name is computed', [spot]);
  const set = frame.interpreter.variables.get(plain) ?? [];
  if (set.length > 0) return oneOf(set.flatMap((variable) => setBy(variable, plain, reading.cast, spot)));
  if (!reading.initial) {
    return notKnown(`it is read from the environment variable ${plain}, which has no default`, [spot]);
  }
  return seenAt(
    oneOf(reading.initial.map((one) => ({ ...one, variables: [...new Set([...one.variables, plain])] }))),
    spot,
  );
}

export function readRequired(frame: Frame, name: Value, spot: Spot): Value {
  return readVariable(frame, name, {}, spot);
}

/** `os.environ.get('X')`: `None` where the environment lacks it. */
export function readOptional(frame: Frame, name: Value, spot: Spot): Value {
  const value = readRequired(frame, name, spot);
  const [first] = value;
  const variable = name[0].plain;
  const isSet = typeof variable === 'string' && frame.interpreter.variables.has(variable);
  return typeof variable !== 'string' || isSet ? value : [{ ...first, unset: variable }];
}

function setBy({ value, spot }: Variable, name: string, cast: Cast | undefined, used: Spot): Value {
  const spots = manySpots([spot, used]);
  if (value === undefined) {
    return notKnown(
      `it is read from the environment variable ${name}, which ${spot.path} takes from outside`,
      spots,
    );
  }
  const result = cast ? cast(value) : value;
  return result instanceof Failure ? notKnown(result.reason, spots) : known(result, spots);
}

/** `os.environ['X'] = 'value'` and `os.environ.setdefault('X', 'value')` in the code. */
export function writeVariable(frame: Frame, name: Value, value: Value, spot: Spot, isDefault: boolean): void {
  const { variables } = frame.interpreter;
  const [{ plain }] = name;
  if (typeof plain !== 'string' || (isDefault && variables.has(plain))) return;
  const text = value.length === 1 && typeof value[0].plain === 'string' ? value[0].plain : undefined;
  variables.set(plain, [{ value: text, spot }]);
}
