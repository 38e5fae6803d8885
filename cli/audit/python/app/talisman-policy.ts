import type { Directives } from '../../csp/script-weakness.ts';
import { holds } from '../operators.ts';
import { isType, type Plain, type Value } from '../value.ts';

/** The policy that Talisman makes of a text or a dictionary. Undefined if a part of it is not known. */
export function directivesOf(policy: Plain, nonceIn: Value | undefined): Directives | undefined {
  const directives = new Map<string, readonly string[]>();
  if (typeof policy === 'string') {
    for (const part of policy.split(';')) {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      if (name !== '') directives.set(name.toLowerCase(), sources);
    }
  } else if (isType(policy, 'dict') && policy.more === undefined) {
    for (const [name, [{ plain }, ...others]] of policy.entries) {
      const sources = others.length === 0 ? sourcesOf(plain) : undefined;
      if (!sources) return undefined;
      directives.set(name.toLowerCase(), sources);
    }
  } else return undefined;
  const sections = nonceIn?.[0].plain;
  if (isType(sections, 'list')) {
    for (const [name, sources] of directives) {
      if (holds(sections, name) === true) directives.set(name, [...sources, "'nonce-'"]);
    }
  }
  return directives;
}

function sourcesOf(plain: Plain | undefined): readonly string[] | undefined {
  if (typeof plain === 'string') return plain.trim().split(/\s+/);
  if (!isType(plain, 'list') || plain.more !== undefined) return undefined;
  const texts = plain.items.map((item) => (item.length === 1 ? item[0].plain : undefined));
  return texts.every((text) => typeof text === 'string')
    ? texts.flatMap((text) => text.split(/\s+/))
    : undefined;
}
