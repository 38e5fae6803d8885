import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import { given, isA, isConst, mayBeSpread, type Use } from '../kit/use.ts';

/** Reports the execution of code that comes from another machine, if nothing verifies who sent the code. */
export const useRule: UseRule = Object.freeze({
  id: 'code/injection',
  title: 'Execution of downloaded code without verification',
  severity: 'medium',
  cwe: [94, 95],
  owasp: 'A05:2025 Injection',
  advice:
    'Pass `logging.config.listen` a `verify` function that checks a signature. Pin the `revision` of a model whose code you have reviewed.',
  on: ['call'],
  names: /^trust_remote_code$/,
  modelled: /^$|^use\.LogListen$/,
  languages: ['python'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { inst } = use;
  if (inst.op !== 'call') return undefined;
  if (isA(use, inst.callee, 'use.LogListen')) {
    const verify = given(use, inst, 1, 'verify');
    if ((verify && !isConst(verify, null)) || mayBeSpread(use, inst)) return undefined;
    return {
      message:
        'The logging server accepts a configuration from any client, and a configuration can run any code.',
      confidence: inTests(use) ? 'low' : 'medium',
    };
  }
  const isTrusted = isConst(given(use, inst, -1, 'trust_remote_code'), true);
  return isTrusted && !given(use, inst, -1, 'revision', 'code_revision')
    ? { message: 'Code that comes with the model runs, in whatever version is current.', confidence: 'low' }
    : undefined;
}
