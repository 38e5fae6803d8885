import type { LockedPackage } from '../../package-graph.ts';
import type { OsvRecord } from '../osv/osv-record.ts';

/** `lodash 4.17.20`, `a (lodash) 4.17.20` */
export function described({ name, alias, version, range }: LockedPackage): string {
  const shown = version ?? (range === undefined ? 'without a version' : range);
  return `${alias === undefined ? name : `${alias} (${name})`} ${oneLine(shown, 100)}`;
}

/** `GHSA-35jh-r3h4-6jhm (high, Command Injection in lodash)` */
export function titleOf(group: readonly OsvRecord[]): string {
  const [first] = group;
  const severity = group.find((one) => one.severity !== undefined)?.severity;
  const summary = group.find((one) => one.summary !== '')?.summary;
  const words = [severity, summary].flatMap((one) => (one === undefined ? [] : [oneLine(one, 160)]));
  return `${oneLine(first?.id ?? '', 100)}${words.length === 0 ? '' : ` (${words.join(', ')})`}`;
}

export function placeOf({ path, line }: LockedPackage): { readonly path: string; readonly line: number } {
  return { path, line };
}

function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most)}...` : line;
}
