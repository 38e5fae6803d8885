import { argument, type CallArguments } from './call-arguments.ts';
import { callMethod } from './call-method.ts';
import { isDevelopmentName, isProductionName } from './config-choice.ts';
import { folderOf } from './find-module.ts';
import type { Frame } from './interpreter.ts';
import type { Spot } from './module-file.ts';
import type { Scope } from './scope.ts';
import {
  isType,
  known,
  notKnown,
  type Plain,
  type PyClass,
  type PyDict,
  seenAt,
  type Value,
} from './value.ts';

/** A method of `app.config`: what it sets, or that it may set anything. */
export function configure(
  frame: Frame,
  self: Value,
  name: string,
  given: CallArguments,
  spot: Spot,
): Value | undefined {
  const configs = self.flatMap(({ plain }) => (isType(plain, 'dict') ? [plain] : []));
  for (const config of configs) {
    if (name === 'from_object') fromObject(frame, config, argument(given, 0, 'obj'), spot);
    else if (name === 'from_mapping') fromMapping(config, given, spot);
    else if (name === 'from_pyfile') fromFile(frame, config, argument(given, 0, 'filename'), spot);
    else if (/^from_(envvar|json|file|yaml|toml)$/.test(name))
      open(config, `it may be set by ${name}()`, spot);
  }
  if (name.startsWith('from_')) return known(true);
  return callMethod(self, name, given, spot);
}

/** From here on, each entry may be anything. */
function open(config: PyDict, reason: string, spot: Spot): void {
  config.more = reason;
  if (config.spots.length < 10) config.spots.push(spot);
  for (const name of config.entries.keys()) config.entries.set(name, notKnown(reason, [spot]));
}

function fromMapping(config: PyDict, given: CallArguments, spot: Spot): void {
  const mapping = given.positional[0]?.[0].plain;
  if (given.isOpen || (given.positional.length > 0 && !isType(mapping, 'dict'))) {
    open(config, 'it may be set by from_mapping()', spot);
  }
  if (isType(mapping, 'dict')) {
    if (mapping.more !== undefined) open(config, mapping.more, spot);
    for (const [name, value] of mapping.entries) config.entries.set(name, seenAt(value, spot));
  }
  for (const [name, value] of given.named) config.entries.set(name, seenAt(value, spot));
}

function fromFile(frame: Frame, config: PyDict, file: Value | undefined, spot: Spot): void {
  const name = file?.[0].plain;
  const folder = folderOf(frame.module.path);
  const places = typeof name === 'string' ? [folder === '' ? name : `${folder}/${name}`, name] : [];
  const path = places
    .map((one) => one.replace(/(^|\/)\.\//g, '$1'))
    .find((one) => frame.interpreter.readModule(one));
  if (path === undefined) open(config, 'it may be set in a file that is not in the project', spot);
  else copyNames(config, frame.interpreter.load(frame, path), spot);
}

/** A class, a module, or the dotted name of one. */
function fromObject(frame: Frame, config: PyDict, value: Value | undefined, spot: Spot): void {
  const chosen = choose(frame, value);
  const [first] = value ?? [];
  const instead = first?.instead ?? first;
  const other = resolved(frame, instead?.plain);
  if (isType(other, 'class') && other !== chosen && instead) {
    const otherwise: PyDict = { type: 'dict', entries: new Map(), spots: [] };
    copyClass(otherwise, other, spot, 0);
    config.otherwise = { variables: instead.variables, entries: otherwise.entries };
  }
  if (isType(chosen, 'class')) copyClass(config, chosen, spot, 0);
  else if (isType(chosen, 'module')) copyNames(config, chosen.scope, spot);
  else open(config, 'it may be set by from_object() with an object that is not known', spot);
}

/** Where several may be meant, production's. */
function choose(frame: Frame, value: Value | undefined): Plain | undefined {
  const all = (value ?? []).map((one) => ({ ...one, plain: resolved(frame, one.plain) }));
  const isChosen = all.length > 1 || all.some(({ variables }) => variables.length > 0);
  if (!isChosen) return all[0]?.plain;
  const classes = all.flatMap(({ plain }) => (isType(plain, 'class') ? [plain] : []));
  const own = classes.find(({ name }) => isProductionName(name));
  if (own) return own;
  const [first] = classes;
  // `os.environ.get('CONFIG', 'config.DevelopmentConfig')`: production sets the variable to the class beside it.
  const beside = [...(first?.scope.parent?.names ?? [])].flatMap(([name, [{ plain }]]) =>
    isProductionName(name) && isType(plain, 'class') ? [plain] : [],
  );
  if (beside[0]) return beside[0];
  return classes.length === 1 && all.length === 1 && first && !isDevelopmentName(first.name)
    ? first
    : undefined;
}

function resolved(frame: Frame, plain: Plain | undefined): Plain | undefined {
  if (typeof plain !== 'string') return plain;
  const path = frame.interpreter.findModule(plain, frame.module.path);
  if (path !== undefined) return { type: 'module', scope: frame.interpreter.load(frame, path) };
  const [, module = '', name = ''] = /^([\w.]+)[.:](\w+)$/.exec(plain) ?? [];
  const around = frame.interpreter.findModule(module, frame.module.path);
  if (around === undefined) return undefined;
  return frame.interpreter.load(frame, around).names.get(name)?.[0].plain;
}

function copyClass(config: PyDict, { scope, bases }: PyClass, spot: Spot, depth: number): void {
  for (const [{ plain }] of [...bases].reverse()) {
    if (isType(plain, 'class') && depth < 10) copyClass(config, plain, spot, depth + 1);
    else if (!(isType(plain, 'reference') && plain.path === 'builtins.object')) {
      open(config, 'it may be set by a class that is not known', spot);
    }
  }
  copyNames(config, scope, spot);
}

function copyNames(config: PyDict, scope: Scope, spot: Spot): void {
  if (scope.open !== undefined) open(config, scope.open, spot);
  for (const [name, value] of scope.names) {
    if (/^[A-Z][A-Z0-9_]*$/.test(name)) config.entries.set(name, seenAt(value, spot));
  }
}
