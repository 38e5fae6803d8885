import type { HeaderLine } from '../rate-limit/rate-limit-headers.ts';

/**
 * Adds a limiter's headers to those of an earlier one. Both are lists, with an item for each policy at the same place. A policy whose name
 * an earlier, different one has is given a number: a client finds by the name what belongs together.
 *
 * @param before reads a header of the response
 * @returns the lines to set
 */
export function addRateLimits(
  before: (name: string) => string | undefined,
  added: readonly HeaderLine[],
): readonly HeaderLine[] {
  const policies = itemsOf(before('RateLimit-Policy'));
  const states = itemsOf(before('RateLimit'));
  // Not ours: another library's headers cannot be added to.
  if (policies.length === 0 || policies.length !== states.length) return added;
  const of = (name: string): string[] => itemsOf(added.find(([header]) => header === name)?.[1]);
  const addedStates = of('RateLimit');
  of('RateLimit-Policy').forEach((policy, index) => {
    const state = addedStates[index] ?? '';
    const same = policies.findIndex((known) => isSame(known, policy));
    if (same !== -1) {
      states[same] = renamed(state, nameOf(policies[same] ?? ''));
      return;
    }
    const name = freeName(nameOf(policy), policies.map(nameOf));
    policies.push(renamed(policy, name));
    states.push(renamed(state, name));
  });
  return [
    ['RateLimit-Policy', policies.join(', ')],
    ['RateLimit', states.join(', ')],
  ];
}

/** No name of a policy has a comma. */
function itemsOf(header: string | undefined): string[] {
  const items = header?.split(',').map((item) => item.trim()) ?? [];
  return items.every((item) => /^"[\w-]+";/.test(item)) ? items : [];
}

function nameOf(item: string): string {
  return item.slice(1, item.indexOf('"', 1));
}

/** Also if it was given a number: a limiter may check a request twice. */
function isSame(known: string, policy: string): boolean {
  const name = nameOf(known);
  return renamed(policy, name) === known && name.replace(/-\d+$/, '') === nameOf(policy).replace(/-\d+$/, '');
}

function renamed(item: string, name: string): string {
  return `"${name}"${item.slice(item.indexOf('"', 1) + 1)}`;
}

function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}
