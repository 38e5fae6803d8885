import { type Value, whyUnknown } from '../read/value.ts';

/** Which origins a setting lets read responses. */
export type Origins =
  | { readonly kind: 'none' }
  | { readonly kind: 'list' }
  /** `how` says by which setting: `origin: true`. */
  | { readonly kind: 'any'; readonly how: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Of a value that is no function. */
export function fixedOrigin(value: Value): Origins {
  switch (value.kind) {
    case 'literal':
      if (value.value === true) return { kind: 'any', how: 'the origin of the request is sent back' };
      if (value.value === false) return { kind: 'none' };
      if (value.value === '*' || value.value === '') return { kind: 'any', how: 'the origin is `*`' };
      if (value.value === 'null')
        return { kind: 'any', how: 'the origin `null` is allowed, which frames of any site can have' };
      return typeof value.value === 'string' ? { kind: 'list' } : { kind: 'unknown', why: 'it is no text' };
    case 'array': {
      const judged = value.items.map(fixedOrigin);
      const worst =
        judged.find(({ kind }) => kind === 'any') ?? judged.find(({ kind }) => kind === 'unknown');
      return worst ?? (value.isOpen ? { kind: 'unknown', why: 'the list is computed' } : { kind: 'list' });
    }
    case 'regex':
      return isExact(value.source)
        ? { kind: 'list' }
        : { kind: 'unknown', why: `the pattern /${value.source.slice(0, 80)}/ may match other sites` };
    default:
      return { kind: 'unknown', why: whyUnknown(value) };
  }
}

/** Anchored on both sides, without a dot that stands for any character. */
function isExact(source: string): boolean {
  return (
    /^\^/.test(source) &&
    /(?<!\\)\$$/.test(source) &&
    !/(?<!\\)\.(?!\*|\+)/.test(source) &&
    !/\.[*+]/.test(source.replace(/\\\./g, '')) &&
    !source.includes('|')
  );
}
