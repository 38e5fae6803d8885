import type { Node } from 'oxc-parser';
import { stringOf } from '../../scan/languages/javascript/parse/syntax.ts';
import { bulwarkImports } from './code-project.ts';
import type { Above, CodeModule } from './read-module.ts';

/** A call on an application, such as `app.get('/', ...)`. */
export interface AppCall {
  readonly method: string;
  /** Undefined if it is missing or not a constant. */
  readonly path: string | undefined;
  readonly takes: 'bulwark' | 'bulwarkErrors' | 'other';
  readonly arguments: number;
  readonly line: number;
}

/** An application of Express, Hono or Koa, with what is called on it in one function, in order. */
export interface App {
  readonly framework: string;
  readonly name: string;
  readonly module: CodeModule;
  readonly calls: readonly AppCall[];
}

const adapters: Readonly<Record<string, string>> = {
  'bulwark/express': 'Express',
  'bulwark/hono': 'Hono',
  'bulwark/koa': 'Koa',
};

/** The applications on which a file calls `use(bulwark())`. */
export function findApps(module: CodeModule): readonly App[] {
  return Object.entries(adapters).flatMap(([from, framework]) => {
    const imports = bulwarkImports(module, from);
    if (imports.length === 0) return [];
    const localOf = (name: string): string | undefined => imports.find((each) => each.name === name)?.local;
    const [guard, errors] = [localOf('bulwark'), localOf('bulwarkErrors')];
    const groups = new Map<string, { name: string; calls: Map<number, AppCall> }>();
    for (const { node, above } of module.uses) {
      const chain = chainOf(node, above, module);
      const inside = chain.length > 0 ? functionOf(above) : -1;
      for (const { name, call, property } of chain) {
        const key = `${name} ${inside}`;
        const group = groups.get(key) ?? { name, calls: new Map() };
        groups.set(key, group);
        if (group.calls.has(property.start)) continue;
        const takes = takenBy(call, guard, errors);
        const path = stringOf(call.arguments[0]);
        group.calls.set(property.start, {
          ...{ method: property.name, path, takes, arguments: call.arguments.length },
          line: module.lineOf(property.start),
        });
      }
    }
    return [...groups.values()]
      .map(({ name, calls }) => ({ framework, name, module, calls: inOrder(calls) }))
      .filter(({ calls }) => calls.some(({ takes }) => takes === 'bulwark'));
  });
}

function inOrder(calls: ReadonlyMap<number, AppCall>): readonly AppCall[] {
  return [...calls].sort(([one], [other]) => one - other).map(([, call]) => call);
}

interface Link {
  readonly name: string;
  readonly call: Extract<Node, { type: 'CallExpression' }>;
  readonly property:
    | Extract<Node, { type: 'Identifier' }>
    | { readonly name: string; readonly start: number };
}

/** The calls of `app.use(a).get(b)`, from the name outwards; also of `const app = express().use(a)`. */
function chainOf(node: Node, above: Above | undefined, module: CodeModule): Link[] {
  const links: Omit<Link, 'name'>[] = [];
  let at = node;
  let name = node.type === 'Identifier' ? node.name : '';
  let isMade = false;
  for (let around = above; around; around = around.above) {
    const parent = around.node;
    if (parent.type === 'CallExpression' && parent.callee === at) {
      // `express()` makes one; the name that it is given comes last.
      if (at === node) isMade = true;
      else if (at.type === 'MemberExpression' && at.property.type === 'Identifier') {
        links.push({ call: parent, property: at.property });
      }
    } else if (parent.type === 'NewExpression' && parent.callee === at) isMade = true;
    else if (!(parent.type === 'MemberExpression' && parent.object === at)) break;
    at = parent;
  }
  if (isMade) name = module.declared.get(at) ?? `${name} in line ${module.lineOf(node.start)}`;
  return links.map((link) => ({ name, ...link }));
}

/** A function runs when it is called, so the order is known only within one function. */
function functionOf(above: Above | undefined): number {
  for (let around = above; around; around = around.above) {
    if (/Function/.test(around.node.type)) return around.node.start;
  }
  return -1;
}

function takenBy(
  call: Extract<Node, { type: 'CallExpression' }>,
  guard: string | undefined,
  errors: string | undefined,
): AppCall['takes'] {
  for (const argument of call.arguments) {
    if (argument.type !== 'CallExpression' || argument.callee.type !== 'Identifier') continue;
    if (argument.callee.name === guard) return 'bulwark';
    if (argument.callee.name === errors) return 'bulwarkErrors';
  }
  return 'other';
}
