import type { Func, ValueId } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';

/**
 * Whether a function is probably meant to be overridden: it throws, and each of its errors says that it is not
 * implemented. An override may return normally.
 */
export const isStub: (func: Func) => boolean = memoized((func) => {
  const throws = func.blocks.flatMap(({ end }) => (end.kind === 'throw' ? [end.value] : []));
  return throws.length > 0 && throws.every((value) => saysNotImplemented(func, value));
});

function saysNotImplemented({ code }: Func, value: ValueId): boolean {
  const thrown = code[value];
  const type = thrown?.op === 'call' ? code[thrown.callee] : thrown;
  if (type?.op === 'global' && type.name === 'NotImplementedError') return true;
  const message = thrown?.op === 'call' ? code[thrown.args[0] ?? -1] : undefined;
  return message?.op === 'const' && notImplemented.test(String(message.value));
}

const notImplemented = /not (?:yet )?implemented|unimplemented|must (?:be )?(?:implement|overrid)/i;
