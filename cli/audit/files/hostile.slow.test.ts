import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../check/outcome.ts';
import { runCheck } from '../check/run-check.ts';
import { processChecks } from '../checks/process/all.ts';
import { serverChecks } from '../checks/server/all.ts';
import type { Subject } from '../subject/subject.ts';

/** A project that is only in memory. */
function subjectOf(files: Readonly<Record<string, string>>): Subject {
  return {
    root: '/nowhere',
    paths: Object.keys(files),
    read: (path) => files[path],
    gaps: [],
    stacks: [],
    code: () => Promise.reject(new Error('no code')),
    today: '2026-12-01',
  };
}

async function audit(files: Readonly<Record<string, string>>): Promise<readonly Outcome[]> {
  const subject = subjectOf(files);
  const outcomes: Outcome[] = [];
  for (const check of [...processChecks, ...serverChecks]) outcomes.push(...(await runCheck(check, subject)));
  return outcomes;
}

const names = [
  '.github/workflows/ci.yml',
  '.github/actions/a/action.yml',
  '.github/dependabot.yml',
  '.gitlab-ci.yml',
  '.circleci/config.yml',
  '.travis.yml',
  '.pre-commit-config.yaml',
  'Makefile',
  'tox.ini',
  'noxfile.py',
  'package.json',
  'pyproject.toml',
  'requirements.txt',
  'setup.py',
  'nginx.conf',
  'Caddyfile',
  'Dockerfile',
  'docker-compose.yml',
  'k8s/web.yaml',
  'shop.service',
  'nftables.conf',
  'rules.v4',
  'main.tf',
  'stack.yaml',
];

const long = 20_000;
const hostile: Readonly<Record<string, string>> = {
  'open braces': 'server {'.repeat(long),
  'closed braces': '}'.repeat(long),
  'open brackets': `a: ${'['.repeat(long)}`,
  quotes: '"'.repeat(long + 1),
  backslashes: '\\'.repeat(long + 1),
  dollars: '${$('.repeat(long),
  'open substitutions': 'run: $('.repeat(long),
  'a long line': 'a'.repeat(900_000),
  'many lines': 'a: b;\n'.repeat(long),
  'many keys': 'FROM a\nUSER b\n'.repeat(long / 2),
  aliases: `a: &a [x]\n${Array.from({ length: 2000 }, (_, i) => `b${i}: [*a, *a]`).join('\n')}`,
  chains: 'table inet a { chain b { type filter hook output priority 0; policy drop; } }\n'.repeat(2000),
  variables: `A = $(B)$(B)\nB = $(A)$(A)$(A)\nall:\n\t$(A)${'$(B)'.repeat(5000)}\n`,
  escapes: '\u001b[31mred\u001b[0m \u202e\u0000',
  'control characters': Array.from({ length: 500 }, (_, i) => String.fromCharCode(i % 32)).join('name: '),
};

describe('files that are made to hurt', () => {
  it.each(Object.keys(hostile))('end with %s, without a mistake', async (kind) => {
    const text = hostile[kind] ?? '';
    for (const name of names) {
      const outcomes = await audit({ [name]: text, 'app.js': '' });
      expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
    }
  });

  it('end for workflows and actions that call each other', async () => {
    const calls = Array.from(
      { length: 200 },
      (_, i) => `  j${i}:\n    uses: ./.github/workflows/b.yml\n`,
    ).join('');
    const steps = Array.from({ length: 200 }, () => '    - uses: ./a\n').join('');
    const outcomes = await audit({
      '.github/workflows/a.yml': `on: push\njobs:\n${calls}  k:\n    steps:\n${steps}`,
      '.github/workflows/b.yml': `on: workflow_call\njobs:\n${calls.replaceAll('b.yml', 'a.yml')}`,
      'a/action.yml': `runs:\n  using: composite\n  steps:\n${steps}`,
    });
    expect(outcomes.some(({ summary }) => summary.includes('could not be read'))).toBe(true);
  });

  const matrix = Array.from({ length: 10_000 }, (_, i) => i);

  it.each([
    ['entries', `matrix:\n        v: [${matrix.join(', ')}]`],
    ['two lists', `matrix:\n        a: [${matrix.join(', ')}]\n        b: [${matrix.join(', ')}]`],
    ['inclusions', `matrix:\n        include:\n${matrix.map((i) => `          - v: ${i}\n`).join('')}`],
  ])('end for a matrix of 10,000 %s, as unknown', async (_, strategy) => {
    const workflow = (of: string): string =>
      `on: [push, pull_request]\njobs:\n  a:\n    runs-on: x\n    strategy:\n      ${of}\n    steps:\n      - run: \${{ matrix.v }} && \${{ matrix.a }}\n`;
    const outcomes = await audit({ '.github/workflows/a.yml': workflow(strategy), 'app.py': '' });
    expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
    const scanner = outcomes.filter(({ summary }) => /\bscanner\b/.test(summary));
    expect(scanner.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });

  it.each([
    ['words', `bandit -r . ${'a '.repeat(500_000)}`],
    ['one word', `bandit -r . ${'a'.repeat(1_000_000)}`],
    ['commands', 'true && '.repeat(125_000)],
    ['substitutions', '$(true) '.repeat(125_000)],
    ['variables', '$A'.repeat(500_000)],
  ])('end for a command of 1 MB in CI, of %s', async (_, command) => {
    for (const [name, text] of [
      ['.github/workflows/a.yml', `on: push\njobs:\n  a:\n    steps:\n      - run: ${command}\n`],
      ['.gitlab-ci.yml', `a:\n  script:\n    - ${command}\n`],
      ['Makefile', `all:\n\t${command}\n`],
    ] as const) {
      const outcomes = await audit({ [name]: text, 'app.py': '' });
      expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
      expect(outcomes.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
    }
  });

  it('end for services, containers and objects by the thousand, of which the last is wrong', async () => {
    const services = matrix.map((i) => `  s${i}:\n    image: a\n    depends_on: [s${i + 1}]\n`).join('');
    const bad = 'securityContext:\n            privileged: true\n';
    const containers = matrix.map((i) => `        - name: c${i}\n          image: a\n`).join('');
    const pod = (of: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      containers:\n${of}`;
    const objects = `${pod('        - name: a\n          image: a\n')}---\n`.repeat(5_000);
    for (const files of [
      { 'compose.yaml': `services:\n${services}  last:\n    image: a\n    privileged: true\n` },
      { 'k8s/web.yaml': pod(`${containers}        - name: last\n          image: a\n          ${bad}`) },
      { 'k8s/web.yaml': `${objects}${pod(`        - name: a\n          image: a\n          ${bad}`)}` },
    ]) {
      const outcomes = await audit(files);
      expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
      expect(outcomes.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
      expect(outcomes.length).toBeGreaterThan(0);
    }
  });

  it('end for scripts that call each other', async () => {
    const scripts = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `s${i}`,
        Array.from({ length: 40 }, (_, j) => `npm run s${j}`).join(' && '),
      ]),
    );
    const outcomes = await audit({
      '.github/workflows/a.yml': 'on: push\njobs:\n  a:\n    steps:\n      - run: npm run s0\n',
      'package.json': JSON.stringify({ scripts }),
    });
    expect(outcomes.length).toBeGreaterThan(0);
  });

  it('end for includes and imports that include each other', async () => {
    const includes = Array.from({ length: 30 }, (_, i) => `include conf.d/f${i}.conf;\n`).join('');
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`conf.d/f${i}.conf`, `add_header a b;\n${includes}`]),
    );
    const snippets = Array.from(
      { length: 30 },
      (_, i) => `(s${i}) {\n${Array.from({ length: 30 }, (_, j) => `import s${j}`).join('\n')}\n}\n`,
    ).join('');
    const outcomes = await audit({
      ...files,
      'nginx.conf': `http { ${includes} server { listen 443 ssl; root /srv; } }`,
      Caddyfile: `${snippets}example.com {\nimport s0\n}\n`,
    });
    expect(
      outcomes.filter(({ verdict, summary }) => verdict === 'pass' && /nginx (sends|lists)/.test(summary)),
    ).toEqual([]);
  });

  it('throw nothing, whatever they hold', async () => {
    const words = fc.constantFrom(
      ...'server { } ; location / add_header always $x $ {y} " \' \\ \n \t # : - [ ] | && || ( ) $( if fi do done FROM USER resource "a" = << EOF on: jobs: steps: run: uses: - &a *a <<: kind: spec: [Service] User='.split(
        ' ',
      ),
      '\n',
      '\n  ',
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.array(words, { maxLength: 60 }), async (name, parts) => {
        const outcomes = await audit({ [name]: parts.join(' ') });
        expect(outcomes.filter(({ summary }) => summary.includes('mistake of Bulwark'))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
