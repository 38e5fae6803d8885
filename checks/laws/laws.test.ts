import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libSources, root } from '../repository.ts';

/** Files that break a law, and what the law says. Each stands alone in its file, as one law must not hide another. */
const broken: [file: string, text: string, law: string][] = [
  ['lib/index.ts', "export { createFetch } from './fetch/index.ts';", 'Law 1'],
  ['lib/index.ts', "export { readFileSync } from 'node:fs';", 'Law 1'],
  ['lib/index.ts', "export { parse } from 'parse5';", 'Law 1'],
  ['lib/sql/a.ts', "export { html } from '../html/index.ts';", 'Law 2'],
  ['lib/sql/a.ts', "export type { SafeHtml } from '../html/safe-html.ts';", 'Law 2'],
  ['lib/sql/a.ts', "export const late = await import('../html/index.ts');", 'Law 2'],
  ['lib/sql/pg/a.ts', "export { html } from '../../html/index.ts';", 'Law 2'],
  ['lib/fetch/gateway/role/a.ts', "export { html } from '../../../html/index.ts';", 'Law 2'],
  ['lib/sql/a.ts', "export { Refusal } from '../index.ts';", 'Law 2'],
  ['lib/refusal/a.ts', "export { html } from '../html/index.ts';", 'Law 2'],
  ['lib/internal/a.ts', "export { html } from '../html/index.ts';", 'Law 2'],
  ['lib/fetch/a.ts', "export { bulwark } from '../express/index.ts';", 'Law 2'],
  ['lib/fetch/a.ts', "export { payloads } from '../testing/corpus/ssrf.ts';", 'Law 2'],
  ['lib/fetch/a.ts', "export { trustedHtml } from '../unsafe/html/index.ts';", 'Law 2'],
  ['lib/fetch/a.ts', "export { Refusal } from 'bulwark';", 'Inside the library'],
  ['lib/fetch/a.ts', "export { html } from 'bulwark/html';", 'Inside the library'],
  ['lib/fetch/a.ts', "export { root } from '../../checks/repository.ts';", 'Law 2'],
  ['lib/fastify/a.ts', "export { bulwark } from '../express/index.ts';", 'nothing imports an adapter'],
  ['lib/express/a.ts', "export { payloads } from '../testing/corpus/ssrf.ts';", 'nothing imports an adapter'],
  [
    'lib/express/a.ts',
    "export { trustedHtml } from '../unsafe/html/index.ts';",
    'nothing imports an adapter',
  ],
  ['lib/nest/a.ts', "export { bulwark } from '../koa/index.ts';", 'nothing imports an adapter'],
  ['lib/nest/a.ts', "export { trustedHtml } from '../unsafe/html/index.ts';", 'nothing imports an adapter'],
  ['lib/nest/a.ts', "export { trust } from '../html/values/safe-html.ts';", 'make trusted values'],
  ['lib/koa/a.ts', "export { BulwarkModule } from '../nest/index.ts';", 'nothing imports an adapter'],
  ['lib/node/a.ts', "export { bulwark } from '../express/index.ts';", 'nothing imports an adapter'],
  ['lib/web/a.ts', "export { bulwark } from '../node/index.ts';", 'nothing imports an adapter'],
  ['lib/testing/a.ts', "export { bulwark } from '../web/index.ts';", 'nothing imports an adapter'],
  ['lib/session/a.ts', "export { defence } from '../node/defence.ts';", 'Law 2'],
  ['lib/express/a.ts', "export { trust } from '../html/values/safe-html.ts';", 'make trusted values'],
  ['lib/express/a.ts', "export { root } from '../../checks/repository.ts';", 'stands alone'],
  ['lib/testing/sql/a.ts', "export { bulwark } from '../../express/index.ts';", 'nothing imports an adapter'],
  [
    'lib/testing/a.ts',
    "export { trustedHtml } from '../unsafe/html/index.ts';",
    'nothing imports an adapter',
  ],
  ['lib/testing/sql/a.ts', "export { trust } from '../../html/values/safe-html.ts';", 'make trusted values'],
  ['lib/testing/sql/a.ts', "export { root } from '../../../checks/repository.ts';", 'stands alone'],
  ['lib/unsafe/html/a.ts', "export { shop } from '../../../examples/lab/shop.ts';", 'stands alone'],
  ['lib/unsafe/html/a.ts', "export { bulwark } from '../../express/index.ts';", 'nothing imports an adapter'],
  [
    'lib/html/a.ts',
    "import { brand } from '../internal/shared.ts';\nexport const b = brand('html');",
    'make trusted values',
  ],
  ['lib/html/a.ts', "export { brand as other } from '../internal/shared.ts';", 'make trusted values'],
  ['lib/sql/pg/a.ts', "export { brand } from '../../internal/shared.ts';", 'make trusted values'],
  ['lib/path/a.ts', "export { brand } from '../internal/shared.ts';", 'make trusted values'],
  ['lib/upload/a.ts', "export { trustPath } from '../path/safe-path.ts';", 'makes a SafePath'],
  ['lib/upload/disk/a.ts', "export { trustPath } from '../../path/safe-path.ts';", 'makes a SafePath'],
  ['examples/lab/a.ts', "export { html } from '../../lib/html/html.ts';", 'as its users do'],
  ['cli/commands/a.ts', "export { codes } from '../../lib/refusal/codes.ts';", 'as its users do'],
];

/** Their neighbours, which no law forbids. */
const lawful: [file: string, text: string][] = [
  ['lib/index.ts', "export { Refusal } from './refusal/refusal.ts';"],
  ['lib/sql/a.ts', "export { deny } from '../refusal/decision.ts';"],
  ['lib/sql/a.ts', "export { shared } from '../internal/shared.ts';"],
  ['lib/sql/a.ts', "export { parse } from 'parse5';\nexport { join } from 'node:path';"],
  ['lib/sql/a.ts', "export { contains } from './html/escape.ts';"],
  [
    'lib/sql/pg/a.ts',
    "export { sql } from '../sql.ts';\nexport { enforce } from '../../internal/refuse.ts';",
  ],
  [
    'lib/sql/a.test.ts',
    "export { payloads } from '../testing/corpus/sql.ts';\nexport { html } from '../html/index.ts';",
  ],
  [
    'lib/fetch/gateway/role/a.ts',
    "export { parseUrl } from '../../policy/parse-url.ts';\nexport { deny } from '../../../refusal/decision.ts';",
  ],
  ['lib/express/a.ts', "export { csp } from '../csp/csp.ts';\nexport { default } from 'express';"],
  ['lib/express/a.ts', "export { defence } from '../node/defence.ts';"],
  [
    'lib/nest/a.ts',
    "export { bulwark } from '../express/bulwark.ts';\nexport { json } from '../fastify/body-parsers.ts';",
  ],
  ['lib/hono/a.ts', "export { bulwark } from '../web/bulwark.ts';"],
  ['lib/node/a.ts', "export { bulwark } from '../web/bulwark.ts';"],
  ['lib/testing/sql/a.ts', "export { tokenise } from '../../sql/lex/tokenise.ts';"],
  ['lib/html/values/safe-html.ts', "export { brand } from '../../internal/shared.ts';"],
  ['lib/path/safe-path.ts', "export { brand } from '../internal/shared.ts';"],
  ['lib/path/a.ts', "export { trustPath } from './safe-path.ts';"],
  [
    'lib/upload/a.ts',
    "export { inside } from '../path/inside.ts';\nexport type { SafePath } from '../path/safe-path.ts';",
  ],
  ['lib/unsafe/html/a.ts', "export { trust } from '../../html/values/safe-html.ts';"],
  ['examples/lab/a.ts', "export { html } from 'bulwark/html';"],
  ['cli/commands/a.test.ts', "export { codes } from '../../lib/refusal/codes.ts';"],
];

let folder = '';
let reported: ReadonlyMap<string, string>;

/** Each case in a repository of its own, all of them read in one run. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bulwark-laws-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  const overrides = config['overrides'] as { includes: string[] }[];
  config['vcs'] = { enabled: false };
  // The same patterns, one folder further down.
  for (const override of overrides) {
    override.includes = override.includes.map((glob) => (glob.startsWith('!') ? glob : `*/${glob}`));
  }
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  for (const [index, [file, text]] of [...broken, ...lawful].entries()) {
    const path = join(folder, String(index), file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  }
  reported = await lint(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the laws of imports', () => {
  it.each(broken.map((entry, index) => [...entry, index] as const))(
    '%s breaks one with %s',
    (_, __, law, index) => {
      expect(reported.get(String(index))).toContain(law);
    },
  );

  it.each(lawful.map((entry, index) => [...entry, broken.length + index] as const))(
    '%s may hold %s',
    (_, __, index) => {
      expect(reported.get(String(index))).toBeUndefined();
    },
  );
});

describe('the registry of trusted values', () => {
  // A namespace would carry `brand` past the rule that looks for its name.
  it('is imported by name', () => {
    const starred = libSources().filter((file) =>
      /\* (as \w+ )?from '[^']*internal\/shared\.ts'/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(starred).toEqual([]);
  });
});

/** What the laws say, by the number of the case. */
async function lint(cwd: string): Promise<Map<string, string>> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [
    biome,
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
    '.',
  ];
  const json = await promisify(execFile)(process.execPath, args, { cwd }).then(
    ({ stdout }) => stdout,
    // It ends with 1 where it finds something.
    (error: { stdout: string }) => error.stdout,
  );
  const { diagnostics } = JSON.parse(json) as {
    diagnostics: { message: string; location: { path: string } }[];
  };
  // An import can break two laws at once, and which is told first is not always the same.
  const all = new Map<string, string>();
  for (const { message, location } of diagnostics) {
    const index = location.path.split('/')[0] ?? '';
    all.set(index, `${all.get(index) ?? ''}${message}\n`);
  }
  return all;
}
