import { parseDocument } from 'yaml';
import { type Part, part, type Snippet } from '../plan.ts';

/** The change of a YAML file if both texts are valid and nothing that was there is lost; otherwise a snippet. */
export function yamlChange(path: string, before: string, after: string, otherwise: Snippet): Part {
  const [old, now] = [rootOf(before), rootOf(after)];
  const kept =
    now !== undefined &&
    (old === undefined ? before.trim() === '' : Object.keys(old).every((key) => key in now));
  return kept ? part({ changes: [{ path, before, after }] }) : part({ snippets: [otherwise] });
}

function rootOf(text: string): object | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
