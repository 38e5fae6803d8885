import type { CallArguments } from './call-arguments.ts';
import type { Frame } from './interpreter.ts';
import type { Spot } from './module-file.ts';
import { joinValues } from './scope.ts';
import { isType, known, notKnown, type Plain, type PyDict, type PyObject, type Value } from './value.ts';

const mostCalls = 200;

/** Stands for what a function that was not understood may have called. */
export const unseenCall = '?';

/** What a class of a library makes. Undefined for what is no class by its name. */
export function makeObject(frame: Frame, path: string, given: CallArguments, spot: Spot): Value | undefined {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (!/^[A-Z]/.test(name) || /^(environ|environs|decouple|builtins)\./.test(path)) return undefined;
  const made: PyObject = { type: 'object', path, given, fields: new Map(), calls: [], spot };
  if (path === 'flask.Flask') {
    const config: PyDict = { type: 'dict', entries: new Map(), spots: [], isConfig: true };
    made.fields.set('config', known(config, [spot]));
  }
  // What is made with an application, such as `CORS(app)`, is added to it.
  record(frame, given, path, given, spot);
  return known(made, [spot]);
}

function record(frame: Frame, handed: CallArguments, name: string, given: CallArguments, spot: Spot): void {
  for (const value of [handed.positional[0], handed.named.get('app')]) {
    for (const { plain } of value ?? []) {
      if (isType(plain, 'object') && plain.calls.length < mostCalls) {
        plain.calls.push({ name, given, spot, isMain: frame.isMain === true });
      }
    }
  }
}

/** A method of objects: it is kept, with what it is given. */
export function callObjects(
  frame: Frame,
  self: Value,
  name: string,
  given: CallArguments,
  spot: Spot,
): Value {
  for (const { plain } of self) {
    if (!isType(plain, 'object')) continue;
    if (plain.calls.length < mostCalls)
      plain.calls.push({ name, given, spot, isMain: frame.isMain === true });
    if (name === 'init_app') {
      const named = new Map([...plain.given.named, ...given.named]);
      record(frame, given, plain.path, { ...given, named, isOpen: given.isOpen || plain.given.isOpen }, spot);
    }
  }
  return notKnown(`it is computed by ${name}()`, [spot]);
}

/** A field of one of them. Undefined if it was never set. */
export function fieldOf(plains: readonly (Plain | undefined)[], name: string): Value | undefined {
  let result: Value | undefined;
  for (const plain of plains) {
    const field = isType(plain, 'object') ? plain.fields.get(name) : undefined;
    if (!field) return undefined;
    result = result ? joinValues(result, field) : field;
  }
  return result;
}

/** What Flask keeps in its configuration (`flask/sansio/app.py`). */
const configured: ReadonlyMap<string, string> = new Map([
  ['secret_key', 'SECRET_KEY'],
  ['debug', 'DEBUG'],
  ['testing', 'TESTING'],
]);

export function setObjectField(frame: Frame, object: PyObject, name: string, value: Value): void {
  const config = object.fields.get('config')?.[0].plain;
  const setting = configured.get(name);
  if (setting === undefined || !isType(config, 'dict')) object.fields.set(name, value);
  else if (frame.isMain) {
    const given = { positional: [], named: new Map([[name, value]]), isOpen: false };
    const [spot = object.spot] = value[0].spots;
    object.calls.push({ name: 'set', given, spot, isMain: true });
  } else config.entries.set(setting, value);
}
