import { policiesIn } from '../../../doctor/page/policy.ts';
import { scriptWeakness } from '../../csp/script-weakness.ts';

/** What a policy is worth against injected scripts. `why` follows `The policy `. */
export type JudgedPolicy =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail' | 'unknown'; readonly why: string };

const scripts = ['script-src-elem', 'script-src', 'script-src-attr', 'default-src'];

/** Judges the text of a policy, in which `\0` stands for what is computed. */
export function judgePolicy(text: string): JudgedPolicy {
  const policies = policiesIn(text);
  if (policies.length === 0) return { verdict: 'fail', why: 'is empty' };
  const judged = policies.map(judgeOne);
  // A page must satisfy each of them: the strictest decides.
  return (
    judged.find(({ verdict }) => verdict === 'pass') ??
    judged.find(({ verdict }) => verdict === 'unknown') ??
    judged[0] ?? { verdict: 'fail', why: 'is empty' }
  );
}

function judgeOne(policy: ReadonlyMap<string, readonly string[]>): JudgedPolicy {
  if ([...policy.keys()].some((name) => name.includes('\0'))) {
    return { verdict: 'unknown', why: 'has directives that are computed' };
  }
  const sources = scripts.flatMap((name) => policy.get(name) ?? []);
  const fixed = sources.find((source) => /^'nonce-[^\0]*'$/i.test(source));
  if (fixed !== undefined) return { verdict: 'fail', why: `has a nonce that never changes: ${fixed}` };
  const weakness = scriptWeakness(policy);
  if (weakness !== undefined) return { verdict: 'fail', why: weakness };
  const attributes = (policy.get('script-src-attr') ?? []).map((source) => source.toLowerCase());
  if (attributes.includes("'unsafe-inline'")) return { verdict: 'fail', why: 'allows inline event handlers' };
  const computed = sources.some((source) => source.includes('\0') && !/^'nonce-\0'$/i.test(source));
  if (computed) return { verdict: 'unknown', why: 'has sources of scripts that are computed' };
  return { verdict: 'pass' };
}
