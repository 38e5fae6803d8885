import { readFile, stat, writeFile } from 'node:fs/promises';
import { refuse } from '../internal/refuse.ts';
import type { SafePath } from '../path/safe-path.ts';
import { deny } from '../refusal/decision.ts';

/** Pictures are read into memory. Drawing programs export smaller ones, and sanitisers accept no larger ones. */
const mostSvgBytes = 1_000_000;

/** Writes the sanitiser's output as a document of its own. @returns its bytes */
export async function cleanSvg(
  from: SafePath,
  to: SafePath,
  sanitize: (markup: string) => { toString(): string },
): Promise<number> {
  if ((await stat(from.absolute)).size > mostSvgBytes) {
    refuse(deny('upload/too-large', { what: 'file', field: null, maxBytes: mostSvgBytes }));
  }
  const clean = String(sanitize(await readFile(from.absolute, 'utf8'))).trim();
  const root = /^<svg(?=[\s>/])/i.exec(clean);
  if (root === null) {
    const detail = { field: '', name: '', found: null, reason: 'the sanitiser left no picture' };
    refuse(deny('upload/type-not-allowed', detail));
  }
  // Inside a page, the parser adds the namespace. A file must declare it to be a picture.
  const hasNamespace = /^<svg[^>]*\sxmlns=/i.test(clean);
  const document = hasNamespace
    ? clean
    : `<svg xmlns="http://www.w3.org/2000/svg"${clean.slice('<svg'.length)}`;
  const bytes = Buffer.from(document);
  await writeFile(to.absolute, bytes, { flag: 'wx', mode: 0o600 });
  return bytes.byteLength;
}
