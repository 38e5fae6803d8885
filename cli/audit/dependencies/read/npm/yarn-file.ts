import type { LockCollector, LockInput } from '../kit/lock-reader.ts';
import type { Values } from '../kit/values.ts';

/** A parsed `yarn.lock`. */
export interface YarnFile {
  readonly document: Values;
  /** The line of each descriptor: `a@^1`. */
  readonly lines: ReadonlyMap<string, number>;
  readonly input: LockInput;
  readonly lock: LockCollector;
}

/** What a descriptor says: `a@^1`, `@b/c@npm:d@^1`. */
export function descriptorOf(text: string): { readonly name: string; readonly range: string } {
  const at = text.indexOf('@', 1);
  return at < 0 ? { name: text, range: '' } : { name: text.slice(0, at), range: text.slice(at + 1) };
}

/** `"a@^1", b@^2` and `"a@npm:^1, a@npm:^2"`. */
export function descriptorsOf(heading: string): readonly string[] {
  return heading
    .replaceAll('"', '')
    .split(/,\s+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
