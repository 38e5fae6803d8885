import { refuse } from '../../internal/refuse.ts';
import { deny } from '../../refusal/decision.ts';
import { shownKey } from '../shown-key.ts';
import type { FormPolicy } from './form-options.ts';
import type { FormValue } from './form-value.ts';
import type { Pair } from './read-pairs.ts';

/** `a[]` appends, `a[0]` has an index, `a[b]` a name. A field is one of the three. */
type Kind = 'appended' | 'indexed' | 'named';

interface Branch {
  kind: Kind | undefined;
  readonly children: Map<string, Branch | string | string[]>;
}

export interface FieldTree {
  /** @throws Refusal `parse/*` for a name that can't be parsed, or contradicts an earlier one */
  add(pair: Pair): void;
  read(): FormValue;
}

/** Fields whose names have brackets. The first name decides whether a field is a list or a record, never the size of a number. */
export function fieldTree(policy: FormPolicy<unknown>, format: string): FieldTree {
  const root: Branch = { kind: 'named', children: new Map() };

  function add({ name, value, column }: Pair): void {
    const refuseName = (reason: string): never =>
      refuse(deny('parse/invalid-syntax', { format, reason, line: 1, column }));
    const parts = (policy.nested ? partsOf(name) : [name]) ?? refuseName('a name with unbalanced brackets');
    if (parts.length - 1 > policy.maxDepth)
      refuse(deny('parse/too-deep', { format, maxDepth: policy.maxDepth }));
    let branch = root;
    let path = '';
    for (const [i, part] of parts.entries()) {
      if (i > 0) {
        const kind = policy.records.has(path) ? 'named' : kindOf(part);
        branch.kind ??= kind;
        if (branch.kind !== kind) refuseName('a field that is both a list and a record');
      }
      const key = branch.kind === 'indexed' ? indexOf(part) : part;
      const found = branch.children.get(key);
      path = i === 0 ? part : `${path}[${part}]`;
      if (i === parts.length - 1) {
        setValue(branch, key, found, { name, value, column });
        return;
      }
      if (part === '' && branch.kind === 'appended') refuseName('[] that is not at the end of a name');
      if (typeof found === 'string' || Array.isArray(found))
        refuseName('a field that is both a value and a record');
      const next = (found as Branch | undefined) ?? { kind: undefined, children: new Map() };
      branch.children.set(key, next);
      branch = next;
    }
  }

  function indexOf(part: string): string {
    if (part.length > 6 || Number(part) >= policy.maxItems) {
      refuse(deny('parse/too-many', { format, what: 'maxItems', most: policy.maxItems }));
    }
    return part;
  }

  function setValue(
    branch: Branch,
    key: string,
    found: Branch | string | string[] | undefined,
    pair: Pair,
  ): void {
    const { name, value, column } = pair;
    if (branch.kind === 'appended' || policy.lists.has(name)) {
      const list = found ?? [];
      if (!Array.isArray(list)) {
        refuse(
          deny('parse/invalid-syntax', {
            format,
            reason: 'a field that is both a value and a record',
            line: 1,
            column,
          }),
        );
      }
      if (list.length >= policy.maxItems) {
        refuse(deny('parse/too-many', { format, what: 'maxItems', most: policy.maxItems }));
      }
      list.push(value);
      branch.children.set(key, list);
      return;
    }
    if (found !== undefined)
      refuse(deny('parse/duplicate-key', { format, key: shownKey(name), line: 1, column }));
    branch.children.set(key, value);
  }

  function build(child: Branch | string | string[]): FormValue {
    if (typeof child === 'string' || Array.isArray(child)) return child;
    if (child.kind === 'appended') return child.children.get('') as string[];
    if (child.kind === 'indexed') {
      // Parsers read sparse lists differently, and they cost memory.
      const items = Array.from({ length: child.children.size }, (_, i) => child.children.get(String(i)));
      if (items.includes(undefined)) {
        const reason = 'a list whose indexes do not count from 0';
        refuse(deny('parse/invalid-syntax', { format, reason, line: 1, column: 1 }));
      }
      return items.map((item) => build(item as Branch));
    }
    const record = Object.create(null) as Record<string, FormValue>;
    for (const [name, inner] of child.children) record[name] = build(inner);
    return record;
  }

  return { add, read: () => build(root) };
}

/** `a[b][]` as `a`, `b` and an empty string. Undefined for unbalanced brackets. */
function partsOf(name: string): readonly string[] | undefined {
  const open = name.indexOf('[');
  if (open === -1) return name.includes(']') ? undefined : [name];
  if (open === 0 || !name.endsWith(']') || name.slice(0, open).includes(']')) return undefined;
  const inner = name.slice(open + 1, -1).split('][');
  return inner.some((part) => part.includes('[') || part.includes(']'))
    ? undefined
    : [name.slice(0, open), ...inner];
}

function kindOf(part: string): Kind {
  if (part === '') return 'appended';
  return /^(?:0|[1-9]\d*)$/.test(part) ? 'indexed' : 'named';
}
