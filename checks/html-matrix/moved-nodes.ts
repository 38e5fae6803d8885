import { Misuse } from 'bulwark';
import type { Page } from 'playwright-core';
import { Lazy, make, type Skeleton, type Value } from './hole-places.ts';

export interface Outcome {
  readonly name: string;
  /** Undefined where it is refused for what it is, and not for where it stands. */
  readonly taken: boolean | undefined;
  /** A node behind the hole has other ancestors than with an empty hole. */
  readonly moved: boolean;
}

/** What the tag says to each value in each place, beside what Chromium does with the same markup unchecked. */
export async function outcomes(
  page: Page,
  skeletons: readonly Skeleton[],
  values: readonly Value[],
): Promise<Outcome[]> {
  const found: Outcome[] = [];
  for (const skeleton of skeletons) {
    const raws = values.flatMap(({ raw, others = [] }) => [raw, ...others]);
    const [empty, ...paths] = await page.evaluate(
      pathsBehind,
      ['', ...raws].map((raw) => skeleton.join(raw)),
    );
    for (const value of values) {
      found.push({
        name: `${value.name} in ${skeleton.join('[]')}`,
        taken: isTaken(skeleton, value),
        moved: paths.splice(0, 1 + (value.others?.length ?? 0)).some((path) => path !== empty),
      });
    }
  }
  return found;
}

function isTaken(skeleton: Skeleton, { value }: Value): boolean | undefined {
  let given: unknown;
  try {
    given = value instanceof Lazy ? value.make() : value;
  } catch (error) {
    if (error instanceof Misuse) return undefined;
    throw error;
  }
  try {
    make(skeleton, given);
    return true;
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    return error.code === 'html/misplaced-content' ? false : undefined;
  }
}

/** Accepted values that changed the ancestors of a node behind the hole. */
export function movedBehind(all: readonly Outcome[]): string[] {
  return all.filter(({ taken, moved }) => taken && moved).map(({ name }) => name);
}

/**
 * Refused values that moved nothing. Not counted are places that a value is itself moved out of, elements that a
 * `<select>` drops, and a form within a form, whose fields lose their owner.
 */
export function falseAlarms(all: readonly Outcome[]): string[] {
  const moving =
    /<(?:table|tbody|thead|tfoot|tr|colgroup|head|optgroup)>\[\]|<\/tr>\[\]|<\/body>\[\]|<select>|<option>|<template>| in \[\]<!doctype|^<head>|^.*<form>.* in .*<form>/;
  return all
    .filter(({ name, taken, moved }) => taken === false && !moved && !moving.test(name))
    .map(({ name }) => name);
}

/** Runs in the page: for each document, the ancestors of all that is marked as behind the hole. */
function pathsBehind(markups: readonly string[]): string[] {
  const pathOf = (node: Node): string => {
    const names: string[] = [];
    for (let at: Node | null = node.parentNode; at; at = at.parentNode ?? hosts.get(at) ?? null)
      names.push(at.nodeName);
    return names.join(' ');
  };
  const hosts = new Map<Node, Node>();
  return markups.map((markup) => {
    hosts.clear();
    const found: string[] = [];
    const waiting: Node[] = [new DOMParser().parseFromString(markup, 'text/html')];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (node instanceof HTMLTemplateElement) {
        hosts.set(node.content, node);
        waiting.push(node.content);
      }
      if (node instanceof Element && node.hasAttribute('data-b'))
        found.push(`${node.localName} < ${pathOf(node)}`);
      if (node instanceof Text && node.data.includes('TAIL')) found.push(`text < ${pathOf(node)}`);
      waiting.push(...[...node.childNodes].reverse());
    }
    return found.join('\n');
  });
}
