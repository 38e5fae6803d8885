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

/** `(origin) => origin` and `(origin, callback) => callback(null, true)` allow all. */
function ofFunction(file: ModuleFile, node: FunctionNode): Origins {
  const [param] = node.params;
  const name = param?.type === 'Identifier' ? param.name : undefined;
  const returned = nodesWithin(file, node).filter((one) => functionAround(file, one) === node);
  const isConditional = returned.some((one) =>
    /^(?:IfStatement|ConditionalExpression|LogicalExpression|SwitchStatement)$/.test(one.type),
  );
  if (isConditional) return { kind: 'unknown', why: 'a function decides it' };
  const isEcho = node.body?.type === 'Identifier' && node.body.name === name;
  const allows = returned.some(
    (one) =>
      one.type === 'CallExpression' &&
      one.arguments[1]?.type === 'Literal' &&
      one.arguments[1].value === true &&
      one.arguments[0]?.type === 'Literal' &&
      one.arguments[0].value === null,
  );
  return isEcho || allows
    ? { kind: 'any', how: 'a function allows every origin' }
    : { kind: 'unknown', why: 'a function decides it' };
}
