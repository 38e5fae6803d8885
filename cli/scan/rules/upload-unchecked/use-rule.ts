import { inTests } from '../kit/path-kind.ts';
import type { UseReport, UseRule } from '../kit/rule.ts';
import type { Use } from '../kit/use.ts';
import { isNamedByClient } from './client-name.ts';
import { isStorage, isTaken, uploadsOf } from './multer-options.ts';

/** Uploads that multer accepts without a filter, and stores under the name or extension that the client chose. */
export const useRule: UseRule = Object.freeze({
  id: 'upload/unchecked',
  title: 'Unrestricted file upload',
  severity: 'high',
  cwe: [434],
  owasp: 'A06:2025 Insecure Design',
  advice:
    'Choose the file name yourself (`crypto.randomUUID()`), take the extension from an allow-list, and keep uploads where nothing is executed.',
  on: ['call'],
  names: /^register|Interceptor$/,
  languages: ['javascript'],
  look,
} satisfies UseRule);

function look(use: Use): UseReport | undefined {
  const { frame, inst, value } = use;
  if (inst.op !== 'call') return undefined;
  const { linked, id } = frame;
  const place = { func: id, value };
  const uploads = uploadsOf(linked, place);
  const storage = uploads
    ? uploads.storage
    : isStorage(linked, place) && !isTaken(linked, place)
      ? place
      : undefined;
  if (!storage || uploads?.isFiltered || !isNamedByClient(linked, storage)) return undefined;
  return {
    message: 'Uploads of any type are stored under the file name or extension that the client chose.',
    confidence: inTests(use) ? 'low' : 'high',
  };
}
