import type { Case } from './case.ts';

/** `run` is executed in the page, and gives what is wrong, or ''. */
export interface PageCase extends Case {
  readonly run: () => string | Promise<string>;
  /** It costs much, and runs only with and without the Sanitizer API. */
  readonly heavy?: true;
}

const of =
  (kind: PageCase['kind']) =>
  (name: string, run: PageCase['run'], more: Partial<PageCase> = {}): PageCase => ({
    kind,
    name,
    run,
    ...more,
  });

export const attack: ReturnType<typeof of> = of('attack');
export const use: ReturnType<typeof of> = of('use');
