import type { Integrity } from '../../package-graph.ts';

/** https://www.w3.org/TR/sri-2/: `sha512-... sha1-...`. */
export function subresourceIntegrity(text: string | undefined): readonly Integrity[] {
  return (text ?? '').split(/\s+/, 20).flatMap((one) => {
    const [, algorithm, value] = /^([A-Za-z0-9]{2,20})-([^?]+)/.exec(one) ?? [];
    return algorithm === undefined || value === undefined
      ? []
      : [{ algorithm: algorithm.toLowerCase(), value }];
  });
}

/** `sha256:...`, as Python's tools write them. */
export function colonIntegrity(text: string): readonly Integrity[] {
  const [, algorithm, value] = /^([A-Za-z0-9_]{2,20}):([0-9A-Za-z+/=_-]+)$/.exec(text.trim()) ?? [];
  return algorithm === undefined || value === undefined
    ? []
    : [{ algorithm: algorithm.toLowerCase(), value }];
}
