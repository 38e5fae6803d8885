import { fields, list, text } from '../osv/json-fields.ts';
import type { OsvRecord } from '../osv/osv-record.ts';
import type { AdvisoryProblem, AdvisorySource } from './advisory-source.ts';
import { askJson } from './ask-json.ts';

const perRequest = 2000;

/**
 * The advisories of npm's registry, which `npm audit` asks for: `POST /-/npm/v1/security/advisories/bulk` with the versions of each
 * package. Names and versions are sent to it.
 */
export function npmService(base = 'https://registry.npmjs.org'): AdvisorySource {
  return {
    name: "the advisories of npm's registry",
    isService: true,
    find: async (packages) => {
      const records: OsvRecord[] = [];
      const problems: AdvisoryProblem[] = [];
      const versions = new Map<string, Set<string>>();
      for (const { ecosystem, name, version } of packages)
        if (ecosystem === 'npm' && version !== undefined)
          versions.set(name, (versions.get(name) ?? new Set()).add(version));
      if (packages.some(({ ecosystem, version }) => ecosystem === 'npm' && version === undefined))
        problems.push({ text: 'It answers only for exact versions.', ecosystem: 'npm' });
      if (packages.some(({ ecosystem }) => ecosystem === 'PyPI'))
        problems.push({ text: 'It has no advisories for PyPI.', ecosystem: 'PyPI' });
      const names = [...versions.keys()];
      try {
        for (let at = 0; at < names.length; at += perRequest) {
          const asked = names
            .slice(at, at + perRequest)
            .map((name) => [name, [...(versions.get(name) ?? [])]]);
          const answer = fields(
            await askJson(`${base}/-/npm/v1/security/advisories/bulk`, Object.fromEntries(asked)),
          );
          if (answer === undefined) throw new Error('answered in a form that is not known');
          for (const [name, advisories] of Object.entries(answer))
            records.push(...(list(advisories) ?? [undefined]).map((one) => readAdvisory(name, one)));
        }
      } catch (error) {
        const what = error instanceof Error ? error.message : 'failed';
        problems.push({ text: `The service ${what}.`, ecosystem: 'npm' });
      }
      return { records, problems, days: {} };
    },
  };
}

function readAdvisory(name: string, value: unknown): OsvRecord {
  const advisory = fields(value);
  const url = text(advisory?.['url']) ?? '';
  const number = advisory?.['id'];
  const id =
    /GHSA(?:-[0-9a-z]{4}){3}$/.exec(url)?.[0] ?? (typeof number === 'number' ? `npm:${number}` : undefined);
  if (advisory === undefined || id === undefined) throw new Error('answered in a form that is not known');
  const severity = text(advisory['severity']);
  return {
    id,
    aliases: [],
    isWithdrawn: false,
    summary: text(advisory['title']) ?? '',
    ...(severity === undefined ? {} : { severity }),
    affected: [
      {
        ...{ ecosystem: 'npm', name, ranges: [], versions: [], functions: [], isBroken: false },
        npmRange: text(advisory['vulnerable_versions']) ?? '*',
      },
    ],
  };
}
