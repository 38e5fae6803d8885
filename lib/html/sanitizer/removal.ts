/** One thing that the sanitiser left out. */
export interface Removed {
  readonly kind: 'element' | 'attribute' | 'url' | 'class' | 'style' | 'reference';
  /** Of the element, attribute, class or property; at most 64 characters, as it was written. */
  readonly name: string;
  /** The elements of the output around it, as in `ul > li > a`; at most eight of them. */
  readonly where: string;
}

/** Collects what is left out, up to `most`; the rest is counted. */
export interface RemovalLog {
  readonly removed: Removed[];
  more: number;
}

const most = 100;
const longestName = 64;
const deepest = 8;

/** Handed on only where somebody asked: without it nothing is collected. */
export type ReportRemoval = (kind: Removed['kind'], name: string, open: readonly string[]) => void;

export function collectInto(log: RemovalLog): ReportRemoval {
  return (kind, name, open) => {
    if (log.removed.length >= most) log.more++;
    else {
      const where = open.slice(-deepest).join(' > ');
      log.removed.push(Object.freeze({ kind, name: name.slice(0, longestName), where }));
    }
  };
}
