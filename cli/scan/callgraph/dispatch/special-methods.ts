import type { BinaryOperator, Inst } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import { paramNode } from '../calls.ts';
import type { Linker } from '../linker.ts';
import { lookUp } from '../members.ts';
import type { FuncInfo, Program } from '../program.ts';

const operatorMethods: Readonly<Partial<Record<BinaryOperator, readonly string[]>>> = {
  '+': ['__iadd__', '__add__'],
  '|': ['__ior__', '__or__'],
  '&': ['__iand__', '__and__'],
  '%': ['__mod__'],
  '/': ['__truediv__'],
  '<<': ['__lshift__'],
};

/**
 * Links a Python operator, as in `statement += part`, to the method that overloads it, such as `__iadd__`, if the left
 * operand is an instance of a project class.
 */
export function operatorMethod(
  linker: Linker,
  info: FuncInfo,
  inst: Inst & { op: 'binary' },
  node: number,
): void {
  const names = operatorMethods[inst.operator];
  if (names) specialMethod(linker, info, inst.left, names, node, inst.right);
}

/**
 * Links an operation on an instance of a project class to the special methods that it runs: `store[name]` to `__getitem__`
 * and `for row in rows` to `__iter__` in Python, `${query}` to `toString` in JavaScript.
 *
 * @param names the special methods
 * @param node the node that the method's result flows to
 * @param argument the value that flows to its first parameter
 */
export function specialMethod(
  linker: Linker,
  info: FuncInfo,
  object: number,
  names: readonly string[],
  node: number,
  argument?: number,
): void {
  const { graph, tokens } = linker;
  const defined = definedNames(linker.program);
  if (!names.some((name) => defined.has(name))) return;
  const receiver = info.firstValue + object;
  graph.listen(receiver, (token) => {
    if (tokens.get(token).kind !== 'instance') return;
    const methods = graph.node();
    for (const name of names) lookUp(linker, info.module, token, name, methods);
    graph.listen(methods, (number) => {
      const { kind, ref } = tokens.get(number);
      if (kind !== 'func' || !linker.addTarget(node, { func: ref, makes: -1, shift: 0 })) return;
      graph.edge(receiver, linker.receiver(ref));
      const param = argument === undefined ? undefined : paramNode(linker.func(ref), 0);
      if (param !== undefined && argument !== undefined) graph.edge(info.firstValue + argument, param);
      graph.edge(linker.returns(ref), node);
    });
  });
}

/** The names of special methods that any class of the program declares. Most declare none. */
const definedNames = memoized((program: Program): ReadonlySet<string> => {
  const all = program.classes.flatMap((one) => one.class.methods.map(({ name }) => name));
  return new Set(all.filter((name) => name.startsWith('__') || name === 'toString'));
});
