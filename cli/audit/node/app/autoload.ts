import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import type { Evaluator } from '../read/evaluate.ts';
import { returnedBy } from '../read/evaluate-call.ts';
import type { FunctionNode, ModuleFile } from '../read/module-file.ts';
import { pathInProject } from '../read/project-path.ts';
import { literal, textOf, type Value } from '../read/value.ts';
import type { NodeApplication } from './node-application.ts';

/** The plugins of folders that a module gives to `@fastify/autoload`. */
export function autoloadedBy(file: ModuleFile, evaluator: Evaluator, subject: Subject): readonly string[] {
  if (!/autoload/i.test(file.text)) return [];
  return file.nodes.flatMap((node) => {
    if (node.type !== 'CallExpression' || node.arguments.length < 2) return [];
    const plugin = evaluator.evaluate(file, node.arguments[0]);
    if (plugin.kind !== 'package' || !/^(@fastify\/|fastify-)autoload$/.test(plugin.name)) return [];
    const options = evaluator.evaluate(file, node.arguments[1]);
    const folder = pathInProject(textOf(evaluator.member(options, 'dir')));
    if (folder === undefined) return [];
    const isOwn = (path: string): boolean => path.startsWith(`${folder}/`) && isProductionPath(path);
    return subject.paths.filter((path) => isOwn(path) && /\.[cm]?[jt]s$/.test(path));
  });
}

/** A plugin of a package that a file of such a folder exports. */
export interface AutoloadedPlugin {
  readonly file: ModuleFile;
  readonly plugin: Extract<Value, { kind: 'package' }>;
  /** What the file exports as `autoConfig`. */
  readonly options: Value;
}

export function autoloadedPlugins({
  modules,
  autoloaded,
  evaluator,
}: NodeApplication): readonly AutoloadedPlugin[] {
  return modules.flatMap((file) => {
    if (!autoloaded.has(file.path)) return [];
    const plugin = unwrappedPlugin(evaluator.exported(file, 'default'), evaluator);
    if (plugin.kind !== 'package') return [];
    const config = evaluator.exported(file, 'autoConfig');
    const options = config.kind === 'function' ? returnedBy(config.file, config.node, evaluator) : config;
    const isMissing = config.kind === 'unknown' && !file.text.includes('autoConfig');
    return [{ file, plugin, options: isMissing ? literal(undefined) : options }];
  });
}

/** The function that a file of such a folder exports, which is called with the application. */
export function autoloadedFunction(
  file: ModuleFile,
  { autoloaded, evaluator }: NodeApplication,
): FunctionNode | undefined {
  if (!autoloaded.has(file.path)) return undefined;
  const value = evaluator.exported(file, 'default');
  return value.kind === 'function' ? value.node : undefined;
}

/** `fp(plugin)` is the plugin. */
export function unwrappedPlugin(value: Value, { evaluate }: Evaluator): Value {
  const isWrapped =
    value.kind === 'result' && value.callee.kind === 'package' && value.callee.name === 'fastify-plugin';
  return isWrapped ? evaluate(value.file, value.node.arguments[0]) : value;
}
