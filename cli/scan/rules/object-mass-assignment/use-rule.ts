import { inTests, pathOf } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { openForm } from './open-form.ts';
import { rightsOf } from './rights-fields.ts';
import { isForStaff, isWritten, setByCode } from './uses-of-form.ts';

/** Django forms and serializers that accept every field of a model, including those that grant permissions. */
export const useRule: UseRule = Object.freeze({
  id: 'object/mass-assignment',
  title: 'Mass assignment',
  severity: 'high',
  cwe: [915],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  advice:
    'Name the fields that users may set (`fields = ["name"]`), or make the others `editable=False` or `read_only`.',
  on: ['class'],
  names: /^(Meta|fields|exclude)$/,
  languages: ['python'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const form = openForm(use);
  if (!form) return undefined;
  const { linked } = use.frame;
  const rights = rightsOf(linked, form.model).filter((name) => !form.without.has(name));
  const set = rights.length > 0 ? setByCode(linked, form.owner, rights) : undefined;
  const field = rights.find((name) => !set?.has(name));
  if (field === undefined || isForStaff(linked, form.owner, pathOf(use))) return undefined;
  if (form.kind === 'serializer' && !isWritten(linked, form.owner)) return undefined;
  return {
    message: `Anyone who sends this form can set \`${field}\` of the record.`,
    confidence: inTests(use) ? 'low' : 'medium',
    value: form.at,
  };
}
