/** One part of a name, as `sql.table` takes it; a test compares the two. */
export function isTakenName(part: string): boolean {
  return simple.test(part) && Buffer.byteLength(part) <= 63;
}

const simple = /^[^."\s\p{Cc}\p{Cs}](?:[^."\p{Cc}\p{Cs}]*[^."\s\p{Cc}\p{Cs}])?$/u;
