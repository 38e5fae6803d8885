import type { CspOptions } from 'bulwark/csp';
import type { Case } from './case.ts';

/** Options of `csp` that must be refused, and with which code; or a use, and what its policy must hold. */
export interface OptionCase extends Case {
  readonly options: CspOptions;
  readonly code?: 'csp/invalid-directive' | 'csp/unsafe-scripts' | 'any';
  readonly holds?: readonly string[];
  readonly lacks?: readonly string[];
}
let at = 0;
export const bad = (code: OptionCase['code'] & string, options: unknown): OptionCase => ({
  kind: 'attack',
  name: `${++at} ${code} ${show(options)}`,
  options: options as CspOptions,
  code,
});
export const good = (
  options: unknown,
  holds: readonly string[],
  lacks: readonly string[] = [],
): OptionCase => ({
  kind: 'use',
  name: `${++at} ${show(options)}`,
  options: options as CspOptions,
  holds,
  lacks,
});
function show(options: unknown): string {
  try {
    return JSON.stringify(options).slice(0, 160);
  } catch {
    return 'hostile options';
  }
}
export const hash = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
