import type { Subject } from '../../subject/subject.ts';
import { helmetResult } from '../headers/helmet-policy.ts';
import type { Modules } from '../read/evaluate.ts';
import { type ModuleFile, openModule } from '../read/module-file.ts';
import { moduleResolver, type Resolved } from '../read/resolve-module.ts';

export interface ModuleLoader extends Modules {
  /** A file of the project; undefined if it cannot be read or parsed. */
  open(path: string): ModuleFile | undefined;
  resolve(from: string, specifier: string): Resolved;
  /** Whether the project has more modules, or longer ones, than are opened. */
  isFull(): boolean;
}

const mostModules = 3_000;
const mostText = 30_000_000;
const loaders = new WeakMap<Subject, ModuleLoader>();

/** Opens modules of a project, each once. */
export function moduleLoader(subject: Subject): ModuleLoader {
  const found = loaders.get(subject) ?? createLoader(subject);
  loaders.set(subject, found);
  return found;
}

function createLoader(subject: Subject): ModuleLoader {
  const resolve = moduleResolver(subject);
  const files = new Map<string, ModuleFile | undefined>();
  let text = 0;
  const isFull = (): boolean => files.size >= mostModules || text > mostText;
  const open = (path: string): ModuleFile | undefined => {
    if (files.has(path) || isFull()) return files.get(path);
    const source = /\.[cm]?[jt]sx?$/.test(path) ? subject.read(path) : undefined;
    text += source?.length ?? 0;
    const file = source === undefined ? undefined : openModule(path, source);
    files.set(path, file);
    return file;
  };
  return {
    open,
    resolve,
    isFull,
    results: helmetResult,
    load: (from, specifier) => {
      const target = resolve(from, specifier);
      if (target.kind === 'package') return { package: target.name, inside: target.inside };
      return target.kind === 'file' ? open(target.path) : undefined;
    },
  };
}
