import type { Subject } from '../subject/subject.ts';
import { deployedVariables } from './deployed-variables.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { moduleFinder } from './find-module.ts';
import { type Interpreter, mostDepth, TooMuch } from './interpreter.ts';
import { moduleReader } from './module-file.ts';
import { newScope, openScope, type Scope } from './scope.ts';

/** An interpreter for a project, that has read nothing yet. */
export async function createInterpreter(subject: Subject): Promise<Interpreter> {
  return {
    readModule: await moduleReader(subject),
    findModule: moduleFinder(subject.paths),
    variables: new Map(deployedVariables(subject)),
    modules: new Map(),
    evaluate,
    execute,
    load: (frame, path) => loadModule(frame.interpreter, path),
    depth: 0,
    nesting: 0,
    steps: 0,
  };
}

/** The names that a module sets when it is imported. Of one that cannot be read, or that imports itself, nothing is known. */
export function loadModule(interpreter: Interpreter, path: string): Scope {
  const done = interpreter.modules.get(path);
  if (done) return done;
  const scope = newScope();
  const isOpen = interpreter.modules.has(path);
  if (isOpen || interpreter.depth >= mostDepth) {
    scope.open = isOpen ? `${path} imports itself` : 'modules are imported too deep';
    return scope;
  }
  interpreter.modules.set(path, undefined);
  interpreter.depth++;
  const { nesting } = interpreter;
  try {
    const module = interpreter.readModule(path);
    if (module) execute({ interpreter, module, scope }, module.root);
    if (!module || module.problem !== undefined)
      openScope(scope, module?.problem ?? `${path} could not be read`);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    openScope(scope, error.message);
  } finally {
    interpreter.depth--;
    interpreter.nesting = nesting;
  }
  interpreter.modules.set(path, scope);
  return scope;
}
