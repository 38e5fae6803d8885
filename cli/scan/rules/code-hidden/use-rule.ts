import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { isDecodedConstant } from './decoded.ts';
import { head } from './head.ts';
import { runArguments } from './run-arguments.ts';

/** Reports literals that a program decodes and then executes, such as `eval(atob('...'))`. */
export const useRule: UseRule = Object.freeze({
  ...head,
  on: ['call'],
  names:
    /^(eval|exec|Function|require|import|__import__|import_module|_compile|execSync|system|constructor)$/,
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst, frame } = use;
  if (inst.op !== 'call') return undefined;
  for (const value of runArguments(use, inst))
    if (isDecodedConstant(frame.linked, { func: frame.id, value }))
      return {
        message: 'An obfuscated string is decoded and run.',
        confidence: inTests(use) ? 'low' : 'high',
      };
  return undefined;
}
