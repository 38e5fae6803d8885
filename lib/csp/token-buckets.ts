/** A bucket for each key, each refilled at a steady rate. */
export interface TokenBuckets {
  /** Takes a token; false where the bucket is empty. */
  take(key: string): boolean;
}

/**
 * @param perMinute how many tokens a bucket holds, and gets back in a minute
 * @param mostKeys how many buckets are kept; the one that was unused for longest goes, and would begin full again
 */
export function tokenBuckets(
  perMinute: number,
  mostKeys: number,
  now: () => number = () => performance.now(),
): TokenBuckets {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return {
    take(key) {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: perMinute, at };
      const tokens = Math.min(perMinute, bucket.tokens + ((at - bucket.at) / 60_000) * perMinute);
      // Put in again, so that the map's order is that of use.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at });
      if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value as string);
      return tokens >= 1;
    },
  };
}
