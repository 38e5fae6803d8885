import type { Node } from 'oxc-parser';
import type { NodeApplication } from '../app/node-application.ts';
import { isFunction, type ModuleFile } from '../read/module-file.ts';
import type { CallNode, ClassNode } from '../read/value.ts';

/** Where the application calls one of its functions, or passes it to something that may. */
export interface CallSite {
  readonly file: ModuleFile;
  readonly node: CallNode;
  /** The index of the argument that the function is, if it is passed. */
  readonly passed: number | undefined;
}

const known = new WeakMap<NodeApplication, ReadonlyMap<Node, readonly CallSite[]>>();

/** The calls of each function and class, by its node. */
export function callSites(application: NodeApplication): ReadonlyMap<Node, readonly CallSite[]> {
  const found = known.get(application) ?? readSites(application);
  known.set(application, found);
  return found;
}

function readSites({ modules, evaluator }: NodeApplication): ReadonlyMap<Node, readonly CallSite[]> {
  const sites = new Map<Node, CallSite[]>();
  const add = (node: Node, site: CallSite): void => {
    const all = sites.get(node);
    if (all) all.push(site);
    else sites.set(node, [site]);
  };
  for (const file of modules) {
    for (const node of file.nodes) {
      if (node.type !== 'CallExpression' && node.type !== 'NewExpression') continue;
      const callee = evaluator.evaluate(file, node.callee);
      if (callee.kind === 'function') add(callee.node, { file, node, passed: undefined });
      if (callee.kind === 'class') {
        const made = constructorOf(callee.node);
        add(callee.node, { file, node, passed: undefined });
        if (made) add(made, { file, node, passed: undefined });
      }
      for (const [passed, argument] of node.arguments.entries()) {
        // Values of other kinds are not worth the time.
        if (!isFunction(argument) && argument.type !== 'Identifier' && argument.type !== 'MemberExpression')
          continue;
        const value = evaluator.evaluate(file, argument);
        if (value.kind === 'function') add(value.node, { file, node, passed });
      }
    }
  }
  return sites;
}

function constructorOf({ body }: ClassNode): Node | undefined {
  const found = body.body.find((one) => one.type === 'MethodDefinition' && one.kind === 'constructor');
  return found?.type === 'MethodDefinition' ? found.value : undefined;
}
