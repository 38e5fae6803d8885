import type { Context } from './contexts.ts';
import type { Shown } from './html-page.ts';

/** What is wrong with what a value became; nothing where it ran nothing, changed nothing, and is as it was. */
export function faults(
  contexts: readonly Context[],
  value: string,
  shown: Shown,
  shape: string,
): readonly string[] {
  const found: string[] = [];
  if (shown.hits.length > 0) found.push(`ran ${shown.hits.join()}`);
  if (shown.shape !== shape) found.push('changed the structure');
  for (const [i, { name, read, kept }] of contexts.entries()) {
    if (read !== undefined && shown.read[i] !== keptOf(value, kept)) found.push(`is another in ${name}`);
  }
  return found.map((fault) => `${JSON.stringify(value)} ${fault}`);
}

function keptOf(value: string, kept: Context['kept']): string {
  if (kept === undefined) return value;
  const whole = value.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
  return kept === 'url' ? whole : whole.replaceAll('\0', '\ufffd');
}
