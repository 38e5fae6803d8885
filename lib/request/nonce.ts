const bytes = 16;
/** Filled at once, because each call of the generator costs more than a nonce. */
const pool: Uint8Array<ArrayBuffer> = new Uint8Array(bytes * 128);
let next: number = pool.length;

/** 128 random bits in base64, different at each call. */
export function freshNonce(): string {
  if (next >= pool.length) {
    crypto.getRandomValues(pool);
    next = 0;
  }
  let nonce = '';
  const end = next + 15;
  for (; next < end; next += 3) {
    const three =
      ((pool[next] as number) << 16) | ((pool[next + 1] as number) << 8) | (pool[next + 2] as number);
    nonce += (pairs[three >> 12] as string) + (pairs[three & 4095] as string);
  }
  return `${nonce}${pairs[(pool[next++] as number) << 4]}==`;
}

/** Two characters for each 12 bits. The last one of a nonce has 8, which need two characters and the padding. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const pairs: readonly string[] = [...letters].flatMap((high) => [...letters].map((low) => high + low));
