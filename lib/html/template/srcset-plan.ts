import { imagesIn } from '../values/srcset-text.ts';
import { decodeReferences } from './decode-references.ts';
import { urlPlan } from './plan-url.ts';
import { hole, templateMisuse } from './template-misuse.ts';
import type { UrlPlan } from './url-plan.ts';

/** One image of a `srcset` that is partly static. */
export interface CandidatePlan {
  readonly url: UrlPlan;
  /** With the space in front, such as ` 2x`; empty where there is none. */
  readonly descriptor: string;
}

/** One hole for the whole list, or static text with holes in its URLs. */
export type SrcsetPlan = 'list' | readonly CandidatePlan[];

/**
 * Reads the static text of a `srcset` as the HTML standard does (4.8.4.3.10): a URL ends at white space, and a comma
 * counts only there. A hole is a part of a URL; what it stands for is kept from ending it by `imageUrl`.
 */
export function srcsetPlan(
  source: string,
  { valueStart, valueEnd }: { readonly valueStart: number; readonly valueEnd: number },
  firstIndex: number,
  place: string,
): SrcsetPlan {
  const value = source.slice(valueStart, valueEnd);
  if (value === hole) return 'list';
  if (separators(decodeReferences(value.replaceAll(hole, ''))) !== separators(value)) {
    throw templateMisuse('html/unsupported-attribute', source, valueStart, referenceFix);
  }
  const plans: CandidatePlan[] = [];
  let index = firstIndex;
  for (const { start, url, descriptor } of imagesIn(value)) {
    if (descriptor.includes(hole)) {
      throw templateMisuse('html/unsupported-attribute', source, valueStart + start, listFix);
    }
    const at = valueStart + start;
    const plan = urlPlan(source, { valueStart: at, valueEnd: at + url.length }, index, place, true);
    index += plan.holes.length;
    plans.push({ url: plan, descriptor: descriptor === '' ? '' : ` ${descriptor}` });
  }
  return plans;
}

function separators(text: string): number {
  return text.match(/[\t\n\f\r ,()]/g)?.length ?? 0;
}

const listFix =
  `A hole here is a part of a URL. For widths and densities that vary, give the whole attribute one list: ` +
  `srcset="\${[{ url, width: 640 }]}".`;
const referenceFix = 'Write white space and commas in this attribute as themselves.';
