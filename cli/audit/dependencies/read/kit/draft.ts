import type { LockedPackage } from '../../package-graph.ts';

/** That one package asks for another. */
export interface Edge {
  readonly to: string;
  readonly kind: 'needed' | 'dev' | 'optional' | 'peer';
}

type Found = 'isDev' | 'isOptional' | 'isPeer' | 'isDirect' | 'via' | 'needs';

/** What a lock file says about a package, before we know which packages need it. */
export interface Draft extends Omit<LockedPackage, Found> {
  readonly edges: readonly Edge[];
  /** What the file itself says. */
  readonly isDev?: boolean;
  readonly isOptional?: boolean;
  readonly isPeer?: boolean;
}

type Loose = { readonly [K in keyof Draft]?: Draft[K] | undefined };
type Needed = 'ecosystem' | 'id' | 'name' | 'source' | 'path' | 'line';

/** A draft without the fields that are undefined. */
export function draftOf(fields: Loose & Pick<Draft, Needed>): Draft {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { integrity: [], groups: [], extras: [], edges: [], ...given } as unknown as Draft;
}
