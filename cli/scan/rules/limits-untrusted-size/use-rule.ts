import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { hasImport } from '../kit/value/imports-of.ts';
import { ofAllErrors, validatorNames } from './all-errors.ts';
import { head } from './head.ts';

/** Reports Ajv validators that collect all errors of untrusted data. */
export const useRule: UseRule = Object.freeze({
  ...head,
  on: ['call'],
  names: validatorNames,
  languages: ['javascript'],
  needs: (linked) => hasImport(linked, /^ajv(?:\/|$)/),
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  return use.inst.op === 'call' && !inTests(use) ? ofAllErrors(use, use.inst) : undefined;
}
