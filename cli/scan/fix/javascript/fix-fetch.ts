import { type Fixer, left, type Proposal } from '../fix.ts';
import { hasPackage } from './has-package.ts';
import { importNew } from './imports.ts';
import { identifiersIn, type JavascriptFile, nodeAt } from './javascript-file.ts';
import { styleOf } from './style.ts';

const guarded = 'guardedFetch';

/** Replaces the global `fetch` of an untrusted URL with a guarded `fetch`, which only reaches public addresses. */
export const fixFetch: Fixer<JavascriptFile> = {
  rules: ['ssrf/request'],
  propose(found, file): Proposal {
    const call = nodeAt(file, 'CallExpression', found.at, found.end);
    const callee = call?.callee;
    if (found.sink !== 'web.Fetch' || callee?.type !== 'Identifier' || callee.name !== 'fetch') {
      return left('Only calls of the global fetch can be replaced.');
    }
    if (!hasPackage(found, file.path, 'bulwark')) {
      return left('A guarded fetch would fix it. Add `bulwark` to the dependencies.');
    }
    if (identifiersIn(file, file.program, guarded).length > 0) return left(`The name ${guarded} is taken.`);
    const [imported] = importNew(file, 'bulwark/fetch', ['createFetch']) ?? [];
    if (!imported || !/createFetch \}/.test(imported.text) || imported.text.startsWith(',')) {
      return left('The file already has a guarded fetch, or has no import to add one after.');
    }
    const { newline, quote, semicolon } = styleOf(file);
    const made = `const ${guarded} = createFetch({ hosts: ${quote}public${quote} })${semicolon}`;
    const text = imported.text.startsWith(newline)
      ? `${imported.text}${newline}${newline}${made}`
      : `${imported.text}${newline}${made}${newline}`;
    return {
      title: 'Fetch from the public internet only',
      unsure: 'It refuses addresses in your own network, and large or slow responses.',
      edits: [
        { ...imported, text },
        { at: callee.start, end: callee.end, text: guarded },
      ],
    };
  },
};
