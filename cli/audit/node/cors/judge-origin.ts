import type { Node } from 'oxc-parser';
import { unwrap } from '../../../scan/javascript/syntax.ts';
import { type FunctionNode, functionAround, type ModuleFile, nodesWithin } from '../read/module-file.ts';
import { type Value, whyUnknown } from '../read/value.ts';

/** Which origins a setting lets read responses. */
export type Origins =
  | { readonly kind: 'none' }
  | { readonly kind: 'list' }
  /** `how` says by which setting: `origin: true`. */
  | { readonly kind: 'any'; readonly how: string }
  | { readonly kind: 'unknown'; readonly why: string };

export function judgeOrigin(value: Value): Origins {
  switch (value.kind) {
    case 'literal':
      if (value.value === true) return { kind: 'any', how: 'the origin of the request is sent back' };
      if (value.value === false) return { kind: 'none' };
      if (value.value === '*' || value.value === '') return { kind: 'any', how: 'the origin is `*`' };
      if (value.value === 'null')
        return { kind: 'any', how: 'the origin `null` is allowed, which frames of any site can have' };
      return typeof value.value === 'string' ? { kind: 'list' } : { kind: 'unknown', why: 'it is no text' };
    case 'array': {
      const judged = value.items.map(judgeOrigin);
      const worst =
        judged.find(({ kind }) => kind === 'any') ?? judged.find(({ kind }) => kind === 'unknown');
      return worst ?? (value.isOpen ? { kind: 'unknown', why: 'the list is computed' } : { kind: 'list' });
    }
    case 'regex':
      return isExact(value.source)
        ? { kind: 'list' }
        : { kind: 'unknown', why: `the pattern /${value.source.slice(0, 80)}/ may match other sites` };
    case 'function':
      return ofFunction(value.file, value.node);
    default:
      return { kind: 'unknown', why: whyUnknown(value) };
  }
}

/** Anchored on both sides, without a dot that stands for any character. */
function isExact(source: string): boolean {
  return (
    /^\^/.test(source) &&
    /(?<!\\)\$$/.test(source) &&
    !/(?<!\\)\.(?!\*|\+)/.test(source) &&
    !/\.[*+]/.test(source.replace(/\\\./g, '')) &&
    !source.includes('|')
  );
}

/** `(origin) => origin`, `(ctx) => ctx.get('Origin')` and `(origin, callback) => callback(null, true)` allow all. */
function ofFunction(file: ModuleFile, node: FunctionNode): Origins {
  const [param] = node.params;
  const name = param?.type === 'Identifier' ? param.name : undefined;
  const own = nodesWithin(file, node).filter((one) => functionAround(file, one) === node);
  const isEcho = (one: Node | null | undefined): boolean => isOrigin(file, one, name);
  const answers = own.filter(
    (one) =>
      one.type === 'CallExpression' &&
      one.arguments.length === 2 &&
      one.arguments[0]?.type === 'Literal' &&
      one.arguments[0].value === null,
  );
  const returns = own.filter((one) => one.type === 'ReturnStatement');
  const isConditional = own.some((one) =>
    /^(?:IfStatement|ConditionalExpression|SwitchStatement|ThrowStatement|TryStatement)$/.test(one.type),
  );
  const given: readonly (Node | null | undefined)[] =
    answers.length > 0
      ? answers.map((one) => (one.type === 'CallExpression' ? one.arguments[1] : undefined))
      : node.body?.type === 'BlockStatement'
        ? returns.map((one) => (one.type === 'ReturnStatement' ? one.argument : undefined))
        : [node.body];
  const [only] = given;
  const isAny = only?.type === 'Literal' ? only.value === true || only.value === '*' : isEcho(only);
  return !isConditional && given.length === 1 && isAny
    ? { kind: 'any', how: 'a function allows every origin' }
    : { kind: 'unknown', why: 'a function decides it' };
}

/** The parameter itself, or the header of a request that is one: `c.req.header('origin') ?? '*'`. */
function isOrigin(file: ModuleFile, from: Node | null | undefined, name: string | undefined): boolean {
  if (!from || name === undefined) return false;
  const node = unwrap(from);
  if (node.type === 'LogicalExpression') return node.operator !== '&&' && isOrigin(file, node.left, name);
  if (node.type === 'Identifier') return node.name === name;
  const text = file.shown(node);
  if (!text.startsWith(`${name}.`) && !text.startsWith(`${name}?.`)) return false;
  return /\.(?:get|header)\(\s*['"`]origin['"`]\s*\)$|\.headers\.origin$|\.headers\[\s*['"]origin['"]\s*\]$/i.test(
    text,
  );
}
