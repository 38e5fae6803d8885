import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceHash } from '../../csp/source-hash.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { nextPages } from '../config/next-pages.ts';
import type { HashedPages, PageHashes } from './hashed-policies.ts';

/**
 * Reads the static pages of a build, and hashes their inline scripts and styles, for a policy that needs no nonce: such pages stay
 * static, and caches may keep them. Pages that are rendered for each request keep the nonce.
 *
 * A script that the build has put into a page is allowed, whoever wrote it: render no untrusted markup at build time.
 *
 * @param directory where the build is: `.next` by default
 * @throws Misuse `bulwark/invalid-option` where there is no build, or where a page is rendered again after it (ISR, cached components)
 *
 * @example
 * ```ts
 * import type { RequestListener } from 'node:http';
 * import { bulwark, hashedPages } from 'bulwark/next/server';
 *
 * declare const handle: RequestListener;
 *
 * bulwark({ pages: await hashedPages() }, handle);
 * ```
 */
export async function hashedPages(directory = '.next'): Promise<HashedPages> {
  const pages = await nextPages(directory);
  const changing = pages.find(({ mode }) => mode === 'neither');
  if (changing) {
    throw new Misuse(
      'bulwark/invalid-option',
      `The scripts of ${changing.path} change after the build, so their hashes would be wrong. ${changing.because}`,
    );
  }
  const hashes = new Map<string, PageHashes>();
  for (const { path, mode } of pages) {
    if (mode === 'hashes') hashes.set(path, hashesOf(await readPage(directory, path)));
  }
  return Object.freeze({ hashes });
}

async function readPage(directory: string, path: string): Promise<string> {
  const file = path === '/' ? '/index' : path;
  for (const router of ['app', 'pages']) {
    const text = await readFile(join(directory, 'server', router, `${file}.html`), 'utf8').catch(
      () => undefined,
    );
    if (text !== undefined) return text;
  }
  throw new Misuse('bulwark/invalid-option', `The build has no file for ${path}. Run \`next build\` again.`);
}

const element = /<(script|style)((?:\s+[^\s=>"']+(?:="[^"]*")?)*)\s*>([\s\S]*?)<\/\1>/g;

function hashesOf(markup: string): PageHashes {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const files: (string | undefined)[] = [];
  for (const [, name, attributes = '', text = ''] of markup.matchAll(element)) {
    if (name === 'style') styles.add(sourceHash(text));
    else if (/\ssrc="/.test(attributes))
      files.push(/\sintegrity="(sha\d{3}-[\w+/=]+)"/.exec(attributes)?.[1]);
    else scripts.add(sourceHash(text));
  }
  // A file without integrity has no hash that a browser could check.
  const whole = files.every((hash) => hash !== undefined);
  const sources = whole ? [...files.map((hash) => `'${hash}'`), "'strict-dynamic'"] : ["'self'"];
  return Object.freeze({ scripts: [...new Set([...scripts, ...sources])], styles: [...styles] });
}
