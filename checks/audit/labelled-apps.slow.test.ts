import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allChecks } from '../../cli/audit/all-checks.ts';
import type { AspectId } from '../../cli/audit/line/lines.ts';
import { runAudit } from '../../cli/audit/run-audit.ts';
import { openSubject } from '../../cli/audit/subject/open-subject.ts';
import { readApp } from '../../cli/scan/testing/apps.ts';
import { repositoryFolders } from '../../cli/scan/testing/folder.ts';
import { root } from '../repository.ts';

/** What a hole that a rule of the scanner reports fails, or leaves unknown. */
const aspects: Readonly<Record<string, AspectId>> = {
  'config/debug': 'errors/debug',
  'cookie/flags': 'cookies/session',
  'cors/wild': 'cors/origins',
  'error/leak': 'errors/handler',
  'limits/login-attempts': 'rate-limits/log-in',
  'nosql/injection': 'queries/sites',
  'secret/hard-coded': 'secrets/tree',
  'secret/in-file': 'secrets/tree',
  'secret/logged': 'logging/secrets',
  'sql/injection': 'queries/sites',
  'ssrf/request': 'outbound/sites',
  'upload/unchecked': 'uploads/sites',
  'xss/autoescape-off': 'escaping/sites',
  'xss/reflected': 'escaping/sites',
  'xss/stored': 'escaping/sites',
  'xss/template': 'escaping/sites',
};

/** Labels of code that production does not run. */
const elsewhere: ReadonlySet<string> = new Set([
  // settings_prod.py has its own DEBUG.
  'garden-django.app garden/settings.py:7',
]);

const folder = join(root, 'checks/scan/apps');
const apps = readdirSync(folder).filter((file) => file.endsWith('.app'));
const lay = repositoryFolders();

describe('applications whose holes are labelled', () => {
  it.each(apps)('%s: no line passes in spite of a hole', { timeout: 300_000 }, async (file) => {
    const app = readApp(join(folder, file));
    const { path } = lay(Object.fromEntries(app.files.map((one) => [one.path, one.text])));
    const subject = openSubject(path, { today: '2026-12-01' });
    const run = { version: '0', checks: allChecks, only: [], skip: [], attestations: [] };
    const { lines } = await runAudit(subject, run);
    const passed = new Set(
      lines.flatMap((line) => line.aspects.filter((one) => one.verdict === 'pass').map(({ id }) => id)),
    );
    const wrong = app.labels
      .filter(({ isBad, path: of, line }) => isBad && !elsewhere.has(`${file} ${of}:${line}`))
      .flatMap((label) => {
        const named = label.rules.map((rule) => aspects[rule]);
        return named.some((aspect) => aspect !== undefined && passed.has(aspect))
          ? [`${named[0]}: ${label.path}:${label.line} ${label.why}`]
          : [];
      });
    expect(wrong).toEqual([]);
  });
});
