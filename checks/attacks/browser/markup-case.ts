import type { Case } from './case.ts';

export interface MarkupCase extends Case {
  readonly markup: string;
  /** For a use: the markup that is to be in the element. */
  readonly shape?: string;
  /** Why the server's sanitiser gives another tree for this one, where the documentation allows that. */
  readonly differs?: string;
}

export const attack = (name: string, markup: string, more: Partial<MarkupCase> = {}): MarkupCase => ({
  kind: 'attack',
  name,
  markup,
  ...more,
});
