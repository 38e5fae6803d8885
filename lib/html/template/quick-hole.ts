import { textEffect } from '../values/effect.ts';
import { escapeHtml } from '../values/escape.ts';
import type { Place } from '../values/place.ts';
import { quickUrl } from '../values/quick-url.ts';
import type { Hole } from './hole.ts';
import type { UrlPlan } from './url-plan.ts';

/**
 * A hole as the common values need it. All have one shape, since looking a field up in objects of many shapes costs
 * more than all else that is done with a value.
 */
export interface QuickHole {
  /** True for places that take a string or a number by escaping it, and nothing more. */
  readonly escapes: boolean;
  /** Where the value is. */
  readonly index: number;
  readonly open: string;
  readonly close: string;
  /** For a URL whose values are words. */
  readonly url: readonly string[] | undefined;
  readonly parts: UrlPlan['holes'];
  /** For all other values. */
  readonly hole: Hole;
}

export function quickHole(hole: Hole): QuickHole {
  const around = 'around' in hole && Object.hasOwn(hole, 'around') ? hole.around : undefined;
  const url = hole.kind === 'url' ? hole.plan : undefined;
  return {
    escapes: escaping.has(hole.kind) && !(hole.kind === 'text' && isCareful(hole.place)),
    index: hole.index,
    open: around?.open ?? '',
    close: around?.close ?? '',
    url: url?.quick,
    parts: url?.holes ?? [],
    hole,
  };
}

/** True where it counts whether a text stands there. */
function isCareful({ refuses, passes, ordered }: Place): boolean {
  return ordered || ((refuses | passes) & textEffect) !== 0;
}

const escaping: ReadonlySet<Hole['kind']> = new Set(['text', 'plain-text', 'attribute', 'class']);

/** The markup, or undefined where the value needs a closer look. */
export function writeQuickly(quick: QuickHole, values: readonly unknown[]): string | undefined {
  if (quick.escapes) {
    const value = values[quick.index];
    if (typeof value === 'string') return quick.open + escapeHtml(value) + quick.close;
    return typeof value === 'number' ? quick.open + value + quick.close : undefined;
  }
  if (quick.url === undefined) return undefined;
  const url = quickUrl(quick.url, quick.parts, values);
  return url === undefined ? undefined : quick.open + url + quick.close;
}
