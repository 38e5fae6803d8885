import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { repositoryFolders } from '../../scan/testing/folder.ts';
import { lockFiles } from '../dependencies/read/read-lock-files.ts';
import { openSubject } from '../subject/open-subject.ts';
import { writeCyclonedx } from './cyclonedx.ts';

const lay = repositoryFolders();
const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);

/** Formats are left out: the schema of the package has those of dates and addresses, which ajv knows only by another package. */
function problemsOf(bom: unknown): unknown {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(
      JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8')),
      `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
    );
  const validate = ajv.compile(
    JSON.parse(readFileSync(join(schemas, 'bom-1.6.SNAPSHOT.schema.json'), 'utf8')),
  );
  validate(bom);
  return validate.errors ?? [];
}

const project = {
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { '@a/b': '^1.0.0' }, devDependencies: { c: '^2.0.0' } },
      'node_modules/@a/b': {
        version: '1.0.0',
        resolved: 'https://registry.npmjs.org/@a/b/-/b-1.0.0.tgz',
        integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}`,
        dependencies: { d: '*' },
      },
      'node_modules/c': {
        version: '2.0.0-rc.1+x',
        resolved: 'https://registry.npmjs.org/c/-/c-2.0.0.tgz',
        dev: true,
      },
      'node_modules/d': {
        version: '3.0.0',
        resolved: 'git+ssh://git@github.com/d/d.git#0123456789012345678901234567890123456789',
      },
    },
  }),
  'poetry.lock':
    '[[package]]\nname = "django"\nversion = "4.2.16"\noptional = false\npython-versions = "*"\nfiles = []\n\n[metadata]\nlock-version = "2.0"\n',
  'admin/package-lock.json': '{',
};

function write(): string {
  const subject = openSubject(lay(project).path, { today: '2026-12-01' });
  return writeCyclonedx({ project: 'shop', version: '1.0.0', day: '2026-12-01' }, lockFiles(subject));
}

it('is a list of materials of CycloneDX 1.6 with every package', () => {
  const bom = JSON.parse(write());
  expect(problemsOf(bom)).toEqual([]);
  expect(problemsOf({ ...bom, components: [{}] })).not.toEqual([]);
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  const shown = bom.components.map(
    ({ group, name, version, purl, scope }: Readonly<Record<string, string>>) => [
      group,
      name,
      version,
      purl,
      scope,
    ],
  );
  expect(shown).toEqual(
    expect.arrayContaining([
      ['@a', 'b', '1.0.0', 'pkg:npm/%40a/b@1.0.0', 'required'],
      [undefined, 'c', '2.0.0-rc.1+x', 'pkg:npm/c@2.0.0-rc.1%2Bx', 'excluded'],
      [undefined, 'd', '3.0.0', undefined, 'required'],
      [undefined, 'django', '4.2.16', 'pkg:pypi/django@4.2.16', 'required'],
    ]),
  );
});

it('has the hashes, what needs what, and what is missing', () => {
  const text = write();
  expect(text).toContain(Buffer.alloc(64, 1).toString('hex'));
  const bom = JSON.parse(text);
  const needs = bom.dependencies.find(({ ref }: { ref: string }) => ref.endsWith('node_modules/@a/b'));
  expect(needs.dependsOn).toEqual(['package-lock.json#node_modules/d']);
  expect(bom.metadata.properties.map(({ name }: { name: string }) => name)).toContain('bulwark:incomplete');
});

it('is the same for the same project', () => {
  expect(write()).toBe(write());
});
