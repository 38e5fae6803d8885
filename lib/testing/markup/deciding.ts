import { isDataBlock } from './runs.ts';
import { attribute, type Element } from './walk.ts';

/** What runs nothing by itself, and decides what else runs, or what it may do. */
export interface Deciding {
  readonly kind: string;
  readonly value: string;
}

/** The sandbox and the permissions of a frame, the type of a script, and a policy. */
export function decidingIn(element: Element): readonly Deciding[] {
  const { tagName } = element;
  const found: Deciding[] = [];
  if (tagName === 'iframe') {
    const sandbox = attribute(element, 'sandbox');
    const allow = attribute(element, 'allow');
    if (sandbox !== undefined) found.push({ kind: 'sandbox', value: words(sandbox) });
    if (allow !== undefined) found.push({ kind: 'allow', value: words(allow) });
  }
  const type = tagName === 'script' ? attribute(element, 'type') : undefined;
  if (type !== undefined) {
    found.push({
      kind: isDataBlock(element) ? 'type of a data block' : 'type of a script',
      value: words(type),
    });
  }
  if (tagName === 'meta' && /^\s*content-security-policy/i.test(attribute(element, 'http-equiv') ?? '')) {
    found.push({ kind: 'policy', value: policyOf(attribute(element, 'content') ?? '') });
  }
  return found;
}

const words = (value: string): string => value.trim().toLowerCase().split(/\s+/).join(' ');

/** Nonces are made for each page, and hashes of each script: one stands for all of them. */
function policyOf(content: string): string {
  const masked = content.replace(/'(?:nonce|sha\d+)-[\w+/=-]*'/gi, (source) =>
    /nonce/i.test(source) ? "'nonce'" : "'hash'",
  );
  return words(masked).replace(/('hash')(?: 'hash')+/g, '$1');
}
