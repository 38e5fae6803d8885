import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { libSources, root } from '../../checks/repository.ts';

const users = libSources()
  .filter((file) => !file.startsWith('lib/session/') && !file.endsWith('.test-d.ts'))
  .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
  .filter(([, text]) => /^import .*RegisteredSession/m.test(text));

describe("the type of an application's session", () => {
  it('is used by adapters', () => {
    expect(users.length).toBeGreaterThan(3);
  });

  it.each(users)(
    'in %s comes from bulwark/session, which an application could not augment otherwise',
    (file, text) => {
      const imported = ts
        .preProcessFile(text)
        .importedFiles.map(({ fileName }) => join(dirname(file), fileName));
      expect(imported).toContain('lib/session/index.ts');
    },
  );
});
