import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { root } from '../repository.ts';

/** The relative links of a page, without those of its code, that lead to no file of the repository. */
export function brokenLinks(file: string, text: string): string[] {
  const prose = text.replace(/^( *)```[\s\S]*?^\1```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^([a-z][a-z+.-]*:|#)/i.test(target))
    .filter((target) => {
      const path = normalize(join(dirname(file), decodeURIComponent(target.replace(/#.*$/, ''))));
      return path.startsWith('..') || !existsSync(join(root, path));
    });
}
