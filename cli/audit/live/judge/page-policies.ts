import { type Part, pageParts } from '../../../doctor/page/page-parts.ts';
import { type Policy, policiesIn } from '../../../doctor/page/policy.ts';
import { type Answer, headerValues } from '../../../target/http/reply.ts';

/** The policies that a browser enforces on a page: it must satisfy each. */
export interface PagePolicies {
  readonly inHeader: readonly Policy[];
  /** Without what browsers ignore there. */
  readonly inMeta: readonly Policy[];
  /** The text of them, for the evidence. */
  readonly texts: readonly string[];
}

/** What of an answer is read here. */
export type PageText = Pick<Answer, 'headers' | 'body'>;

/** These are ignored in `meta` (CSP3, 3.3). */
const ofHeaders = ['frame-ancestors', 'report-uri', 'sandbox'];

export function policiesOf(answer: PageText): PagePolicies {
  const headers = headerValues(answer, 'content-security-policy');
  const metas = metaContents(headOf(answer), 'content-security-policy');
  const inMeta = metas.flatMap((text) =>
    policiesIn(text).map((policy) => new Map([...policy].filter(([name]) => !ofHeaders.includes(name)))),
  );
  return {
    inHeader: headers.flatMap(policiesIn),
    inMeta: inMeta.filter(({ size }) => size > 0),
    texts: [...headers, ...metas.map((text) => `<meta>: ${text}`)],
  };
}

const parsed = new WeakMap<PageText, readonly Part[]>();

/** The elements of a page. It is parsed once for all checks. */
export function partsOf(answer: PageText): readonly Part[] {
  const parts = parsed.get(answer) ?? pageParts(answer.body);
  parsed.set(answer, parts);
  return parts;
}

/** What stands in the head of a page: the body is where injected markup is, and browsers ignore policies in it. */
export function headOf(answer: PageText): readonly Part[] {
  const parts = partsOf(answer);
  const end = parts.findIndex(({ tag }) => tag === 'body' || tag === 'frameset');
  return end < 0 ? parts : parts.slice(0, end);
}

/** The contents of `<meta http-equiv>`. */
function metaContents(parts: readonly Part[], name: string): readonly string[] {
  return parts.flatMap(({ tag, attributes }) =>
    tag === 'meta' && attributes.get('http-equiv')?.trim().toLowerCase() === name
      ? [attributes.get('content') ?? '']
      : [],
  );
}
