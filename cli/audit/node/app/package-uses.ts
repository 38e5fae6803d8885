import type { Node } from 'oxc-parser';
import { runs } from '../read/condition.ts';
import type { ModuleFile } from '../read/module-file.ts';
import type { Value } from '../read/value.ts';
import { autoloadedPlugins, unwrappedPlugin } from './autoload.ts';
import type { NodeApplication } from './node-application.ts';

/** A call of something that a package exports, or its registration as a plugin. */
export interface PackageUse {
  readonly package: string;
  /** `/cookie`, `setCookie` for `setCookie` of `hono/cookie`. */
  readonly path: readonly string[];
  /** Of a plugin: the options that it is registered with. */
  readonly args: readonly Value[];
  readonly file: ModuleFile;
  readonly node: Node;
}

const known = new WeakMap<NodeApplication, readonly PackageUse[]>();

/** All that can run in production. */
export function packageUses(application: NodeApplication): readonly PackageUse[] {
  const found = known.get(application) ?? readUses(application);
  known.set(application, found);
  return found;
}

function readUses(application: NodeApplication): readonly PackageUse[] {
  const { modules, evaluator } = application;
  const loaded = autoloadedPlugins(application).map(
    ({ file, plugin, options }): PackageUse => ({
      package: plugin.name,
      path: plugin.path,
      args: [options],
      file,
      node: file.program,
    }),
  );
  const called = modules.flatMap((file) =>
    file.nodes.flatMap((node): PackageUse[] => {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return [];
      const callee = evaluator.evaluate(file, node.callee);
      const isRegister =
        node.callee.type === 'MemberExpression' &&
        node.callee.property.type === 'Identifier' &&
        node.callee.property.name === 'register' &&
        node.arguments.length > 0;
      if (callee.kind !== 'package' && !isRegister) return [];
      if (runs(file, node, evaluator) === 'never') return [];
      const args = node.arguments.map((one) => evaluator.evaluate(file, one));
      if (callee.kind === 'package') return [{ package: callee.name, path: callee.path, args, file, node }];
      const [given, ...rest] = args;
      const plugin = given && unwrappedPlugin(given, evaluator);
      return plugin?.kind === 'package'
        ? [{ package: plugin.name, path: plugin.path, args: rest, file, node }]
        : [];
    }),
  );
  return [...called, ...loaded];
}
