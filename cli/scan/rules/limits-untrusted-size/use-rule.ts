import { hasImport } from '../../rule/imports-of.ts';
import { inTests } from '../../rule/path-kind.ts';
import type { UseReport, UseRule } from '../../rule/rule.ts';
import type { Use } from '../../rule/use.ts';
import { ofAllErrors, validatorNames } from './all-errors.ts';
import { head } from './head.ts';

/** Validators that count all mistakes of what was sent: few programs have one. */
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
