import type { Node } from '../../../scan/languages/python/parse/tree.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import { isForDevelopment } from '../deployed-variables.ts';
import { type Frame, type Interpreter, TooMuch } from '../interpreter.ts';
import { lineAt, type ModuleFile, type Spot, spotOf, textOf } from '../module-file.ts';
import { createInterpreter, loadModule } from '../read-settings.ts';
import { newScope, type Scope } from '../scope.ts';
import { isType, known, notKnown, type PyFunction, type PyObject, type Value } from '../value.ts';

export type AppFramework = 'flask' | 'fastapi' | 'tornado';

/** An application of one of these frameworks. Where conditions are open, there is one for each way it may turn out. */
export interface PythonApp {
  readonly framework: AppFramework;
  readonly object: PyObject;
}

export interface PythonApps {
  readonly apps: readonly PythonApp[];
  /** Places that make an application which was not understood. */
  readonly unseen: readonly (Spot & { readonly framework: AppFramework })[];
  /** Files that were read. */
  readonly read: ReadonlySet<string>;
}

const classes: ReadonlyMap<string, AppFramework> = new Map<string, AppFramework>([
  ['flask.Flask', 'flask'],
  ['fastapi.FastAPI', 'fastapi'],
  ['fastapi.applications.FastAPI', 'fastapi'],
  ['starlette.applications.Starlette', 'fastapi'],
  ['tornado.web.Application', 'tornado'],
]);

const makers: readonly (readonly [pattern: RegExp, framework: AppFramework])[] = [
  [/^(flask\.)?Flask$/, 'flask'],
  [/^(fastapi\.)?FastAPI$|^(starlette\.applications\.)?Starlette$/, 'fastapi'],
  [/^(tornado\.)?web\.Application$|^Application$/, 'tornado'],
];

const mostFiles = 400;

/** The applications of a project, each read once. */
export function pythonApps(subject: Subject): Promise<PythonApps> {
  let apps = found.get(subject);
  if (!apps) {
    apps = read(subject);
    found.set(subject, apps);
  }
  return apps;
}

const found = new WeakMap<Subject, Promise<PythonApps>>();

async function read(subject: Subject): Promise<PythonApps> {
  const interpreter: Interpreter = { ...(await createInterpreter(subject)), keepsObjects: true };
  const paths = subject.paths.filter(
    (path) =>
      path.endsWith('.py') &&
      isProductionPath(path) &&
      !isForDevelopment(path) &&
      /\b(flask|fastapi|starlette|tornado)\b/i.test(subject.read(path) ?? ''),
  );
  const objects = new Set<PyObject>();
  const modules: [ModuleFile, Scope][] = [];
  for (const path of paths.slice(0, mostFiles)) {
    const module = interpreter.readModule(path);
    if (!module) continue;
    const scope = loadModule(interpreter, path);
    modules.push([module, scope]);
    for (const value of scope.names.values()) collect(value, objects, 0);
  }
  // Factories that nothing has called are called with their defaults.
  for (const [module, scope] of modules) {
    for (const value of scope.names.values()) {
      const [{ plain }] = value;
      if (isType(plain, 'function') && plain.module === module && makes(module, plain, objects)) {
        for (const made of runFactory(interpreter, plain)) collect(made, objects, 0);
      }
    }
  }
  const apps = [...objects].flatMap((object) => {
    const framework = classes.get(object.path);
    return framework ? [{ framework, object }] : [];
  });
  const unseen = modules.flatMap(([module]) => unseenIn(module, apps));
  return { apps, unseen, read: new Set(interpreter.modules.keys()) };
}

function collect(value: Value, objects: Set<PyObject>, depth: number): void {
  for (const { plain } of value) {
    if (!isType(plain, 'object') || objects.has(plain) || depth > 5) continue;
    objects.add(plain);
    const [first] = plain.given.positional;
    // `app = CORSMiddleware(app, ...)`
    if (first) collect(first, objects, depth + 1);
  }
}

/** Whether a function makes an application that is not among those which were found. */
function makes(module: ModuleFile, { node }: PyFunction, objects: ReadonlySet<PyObject>): boolean {
  return makerCalls(module, node).some(([call]) => !isSeen(module, call, [...objects]));
}

function isSeen(module: ModuleFile, call: Node, objects: readonly PyObject[]): boolean {
  const line = lineAt(module, call.at);
  return objects.some(({ spot }) => spot.path === module.path && spot.line === line);
}

function unseenIn(module: ModuleFile, apps: readonly PythonApp[]): PythonApps['unseen'][number][] {
  const objects = apps.map(({ object }) => object);
  const isTornado = /\btornado\b/.test(module.text);
  return makerCalls(module, module.root).flatMap(([call, framework]) => {
    if (isSeen(module, call, objects) || (framework === 'tornado' && !isTornado)) return [];
    return [{ ...spotOf(module, call), framework }];
  });
}

function makerCalls(module: ModuleFile, root: Node): [Node, AppFramework][] {
  const calls: [Node, AppFramework][] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    open.push(...node.children);
    const [callee] = node.children;
    if (node.kind === 'class_definition') {
      // An application may be a class of the project, whose own code passes the settings on.
      const bases = node.children.find(({ kind }) => kind === 'argument_list');
      for (const base of bases?.children ?? []) add(calls, module, node, base);
    } else if (node.kind === 'call' && callee) add(calls, module, node, callee);
  }
  return calls;
}

function add(calls: [Node, AppFramework][], module: ModuleFile, node: Node, callee: Node): void {
  const text = textOf(module, callee);
  const maker = makers.find(([pattern]) => pattern.test(text));
  if (maker) calls.push([node, maker[1]]);
}

/** What a factory returns and what its variables hold, if nothing is handed to it. */
function runFactory(interpreter: Interpreter, { node, module, scope }: PyFunction): Value[] {
  const inner: Frame = { interpreter, module, scope: newScope(scope) };
  const parameters = node.children.find(({ kind }) => kind === 'parameters');
  for (const parameter of parameters?.children ?? []) {
    const [name = parameter] = parameter.children;
    const hasInitial = parameter.kind.endsWith('default_parameter');
    const value = hasInitial
      ? interpreter.evaluate(inner, parameter.children.at(-1))
      : notKnown('it is handed over by a caller');
    // A default is what the function takes where nobody says otherwise, as with variables of the environment.
    const [first] = value;
    const isText = hasInitial && typeof first.plain === 'string';
    const variables = isText ? [`the argument ${textOf(module, name)}`] : first.variables;
    inner.scope.names.set(
      textOf(module, name),
      isText ? known(first.plain ?? null, first.spots, variables) : value,
    );
  }
  const body = node.children.at(-1);
  interpreter.depth++;
  try {
    const ending = body ? interpreter.execute(inner, body) : 'next';
    const returned = typeof ending === 'object' ? [ending.returned] : [];
    return [...returned, ...inner.scope.names.values()];
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    return [];
  } finally {
    interpreter.depth--;
  }
}
