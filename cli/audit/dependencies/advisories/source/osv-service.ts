import type { PackageVersion } from '../osv/is-affected.ts';
import { fields, list, text } from '../osv/json-fields.ts';
import { type OsvRecord, readOsvRecord } from '../osv/osv-record.ts';
import type { AdvisoryProblem, AdvisorySource } from './advisory-source.ts';
import { askJson } from './ask-json.ts';

const perBatch = 500;
const mostPages = 50;
const mostRecords = 20_000;
const atOnce = 8;

/**
 * The service of OSV: `POST /v1/querybatch` for the ids, page by page, and `GET /v1/vulns/{id}` for each record. Names and versions of
 * packages are sent to it.
 *
 * https://google.github.io/osv.dev/api/
 */
export function osvService(base = 'https://api.osv.dev'): AdvisorySource {
  return {
    name: "OSV's service",
    isService: true,
    find: async (packages) => {
      const problems: AdvisoryProblem[] = [];
      const records: OsvRecord[] = [];
      try {
        const ids = new Set<string>();
        for (let at = 0; at < packages.length; at += perBatch)
          await findIds(base, packages.slice(at, at + perBatch), ids);
        if (ids.size > mostRecords) throw new Error('has more advisories than are read');
        const all = [...ids];
        for (let at = 0; at < all.length; at += atOnce)
          records.push(...(await Promise.all(all.slice(at, at + atOnce).map((id) => readRecord(base, id)))));
      } catch (error) {
        problems.push({ text: `The service ${error instanceof Error ? error.message : 'failed'}.` });
      }
      return { records, problems, days: {} };
    },
  };
}

/** A page may have tokens for some of the queries only: those are asked again. */
async function findIds(base: string, packages: readonly PackageVersion[], ids: Set<string>): Promise<void> {
  let open = packages.map(({ ecosystem, name, version }) => ({
    package: { ecosystem, name },
    ...(version === undefined ? {} : { version }),
  }));
  for (let page = 0; open.length > 0; page++) {
    if (page >= mostPages) throw new Error('answered with more pages than are read');
    const answer = fields(await askJson(`${base}/v1/querybatch`, { queries: open }));
    const results = list(answer?.['results']);
    if (results?.length !== open.length) throw new Error('answered in a form that is not known');
    const next: (typeof open)[number][] = [];
    for (const [index, one] of results.entries()) {
      const result = fields(one);
      if (result === undefined) throw new Error('answered in a form that is not known');
      for (const vulnerability of list(result['vulns'] ?? []) ?? [undefined]) {
        const id = text(fields(vulnerability)?.['id']);
        if (id === undefined) throw new Error('answered in a form that is not known');
        ids.add(id);
      }
      const token = text(result['next_page_token']);
      const query = open[index];
      if (query !== undefined && token !== undefined && token !== '')
        next.push({ ...query, page_token: token } as typeof query);
    }
    open = next;
  }
}

async function readRecord(base: string, id: string): Promise<OsvRecord> {
  const record = readOsvRecord(await askJson(`${base}/v1/vulns/${encodeURIComponent(id)}`));
  if (record?.id !== id) throw new Error('answered with another record than was asked for');
  return record;
}
