import type { ServerResponse } from 'node:http';

/** Adds names to `Vary` that it does not have yet (RFC 9110, 12.5.5). */
export function addVary(res: ServerResponse, names: string): void {
  const before = res.getHeader('Vary');
  if (before === undefined) {
    res.setHeader('Vary', names);
    return;
  }
  const present = listed(String(before));
  const known = new Set(present.map((name) => name.toLowerCase()));
  if (known.has('*')) return;
  const added = listed(names).filter((name) => !known.has(name.toLowerCase()));
  res.setHeader('Vary', [...present, ...added].join(', '));
}

function listed(header: string): readonly string[] {
  return header
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
