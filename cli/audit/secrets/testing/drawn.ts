/** Draws the same texts for the same seed (mulberry32): a secret is never written into a file of the repository. */
export function drawer(seed: number): (template: string) => string {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  return (template) =>
    template.replace(/<([a-zA-Z]+)(\d+)>/g, (_, set: string, count: string) => {
      const characters = sets[set];
      if (characters === undefined) throw new Error(`no set ${set}`);
      return Array.from({ length: Number(count) }, () =>
        characters.charAt(Math.floor(next() * characters.length)),
      ).join('');
    });
}

const small = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const sets: Readonly<Record<string, string>> = {
  d: digits,
  h: '0123456789abcdef',
  H: '0123456789ABCDEF',
  l: small,
  L: small.toUpperCase(),
  n: small + digits,
  N: small.toUpperCase() + digits,
  a: small + small.toUpperCase() + digits,
  u: `${small + small.toUpperCase() + digits}-_`,
  b: `${small + small.toUpperCase() + digits}+/`,
  x: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
  z: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
};
