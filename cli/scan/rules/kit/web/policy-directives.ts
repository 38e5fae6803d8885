import { type Abstract, constText } from '../../../dataflow/domain/abstract.ts';
import { scriptWeakness, weaknessOf } from './content-policy.ts';

/**
 * The weakness of a Content-Security-Policy, as the end of a sentence. The policy is one text, or an object with the
 * directives. Undefined if it has no weakness.
 */
export function policyWeakness(policy: Abstract | undefined): string | undefined {
  if (!policy) return undefined;
  const text = constText(policy) ?? policy.textTemplate;
  if (text !== undefined) return scriptWeakness(text);
  const { fields } = policy;
  if (!fields) return undefined;
  return weaknessOf((name) => valuesOf(fields.get(name) ?? fields.get(camel(name))));
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function valuesOf(it: Abstract | undefined): readonly string[] | undefined {
  if (!it) return undefined;
  const text = constText(it) ?? it.textTemplate;
  if (text !== undefined) return text.toLowerCase().split(/[\s,]+/);
  if (!it.fields && !it.rest) return undefined;
  const items = [...(it.fields?.values() ?? []), ...(it.rest ? [it.rest] : [])];
  return items.flatMap((item) => {
    const one = item.textTemplate ?? constText(item);
    return one === undefined ? [] : one.toLowerCase().split(/\s+/);
  });
}
