/**
 * The live checks beside MDN's Observatory, on 35 servers whose labels were written by somebody who had not seen the code. Its package
 * fetches two lists when it is installed; without them it runs with an empty list of preloaded hosts.
 *
 * npm install --prefix <folder> --ignore-scripts @mdn/mdn-http-observatory@1.4.8
 * unshare -rn sh -c 'ip link set lo up; npx tsx bench/observatory/compare.ts <folder>'
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCheck } from '../../cli/audit/check/run-check.ts';
import { liveChecks } from '../../cli/audit/checks/live/all.ts';
import { lookAtSite } from '../../cli/audit/live/look-at-site.ts';
import { openSubject } from '../../cli/audit/subject/open-subject.ts';
import { worst } from '../../cli/audit/verdict.ts';
import { parseHost, parseTarget } from '../../cli/target/gate/parse-target.ts';

interface Server {
  readonly url: string;
  readonly httpUrl?: string;
  /** Of the authority that signed its certificate, in PEM. */
  readonly ca?: string;
  close(): Promise<void>;
}

type Labels = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What the labels, the live checks and the Observatory call the same thing. */
const subjects = [
  { label: 'redirect-to-https', check: 'live/https-redirect', test: 'redirection' },
  { label: 'hsts', check: 'live/hsts', test: 'strict-transport-security' },
  { label: 'csp', check: 'live/csp', test: 'content-security-policy' },
  { label: 'session-cookie', check: 'live/session-cookie', test: 'cookies' },
  { label: 'cors', check: 'live/cors', test: 'cross-origin-resource-sharing' },
  { label: 'framing', check: 'live/framing', test: 'x-frame-options' },
  { label: 'nosniff', check: 'live/nosniff', test: 'x-content-type-options' },
  { label: 'referrer-policy', check: 'live/referrer-policy', test: 'referrer-policy' },
] as const;

const here = new URL('./', import.meta.url).pathname;
const observatory = join(process.argv[2] ?? '', 'node_modules/@mdn/mdn-http-observatory');
if (!existsSync(observatory))
  throw new Error('Name the folder in which @mdn/mdn-http-observatory is installed.');
const preloaded = join(observatory, 'conf/hsts-preload.json');
if (!existsSync(preloaded)) writeFileSync(preloaded, '{}');

const labels = JSON.parse(readFileSync(join(here, 'servers/labels.json'), 'utf8')) as Labels;
const work = mkdtempSync(join(tmpdir(), 'observatory-'));

async function ours({ url, httpUrl, ca }: Server): Promise<Readonly<Record<string, string>>> {
  const urls = [url, ...(httpUrl === undefined || httpUrl === url ? [] : [httpUrl])].map(parseTarget);
  const [first, ...rest] = urls;
  if (first === undefined) throw new Error('no URL');
  const allowHosts = [parseHost('127.0.0.1')];
  const site = await lookAtSite({ urls: [first, ...rest], allowHosts, ca, version: '0' });
  const subject = Object.assign(openSubject(work, { today: new Date().toISOString().slice(0, 10) }), {
    site,
  });
  const verdicts = subjects.map(async ({ check: id }) => {
    const check = liveChecks.find((one) => one.id === id);
    if (check === undefined) throw new Error(`no check ${id}`);
    const outcomes = await runCheck(check, subject);
    return [id, outcomes.length === 0 ? 'none' : worst(outcomes.map(({ verdict }) => verdict))] as const;
  });
  return Object.fromEntries(await Promise.all(verdicts));
}

interface Theirs {
  readonly [test: string]: { readonly pass: boolean | null; readonly result: string | null } | undefined;
}

async function theirs({ url, httpUrl, ca }: Server): Promise<Theirs | string> {
  const authority = join(work, 'ca.pem');
  writeFileSync(authority, ca ?? '');
  const args = ['--import', 'tsx', join(here, 'observatory-child.ts'), observatory, url, httpUrl ?? ''];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: authority };
  const answer = await promisify(execFile)(process.execPath, args, { env, timeout: 60_000 }).catch(
    (error: { readonly stderr?: string }) => error.stderr?.match(/^\w*Error.*$/m)?.[0] ?? 'no end',
  );
  if (typeof answer === 'string') return answer;
  const said = JSON.parse(answer.stdout) as Theirs & { readonly error?: string };
  return typeof said.error === 'string' ? said.error : said;
}

const tables = subjects.map((subject) => ({
  ...subject,
  same: 0,
  compared: 0,
  oursRight: 0,
  theirsRight: 0,
  oursWrong: 0,
  theirsWrong: 0,
}));
const differences: string[] = [];
const unread: string[] = [];
for (const file of readdirSync(join(here, 'servers')).filter((one) => /^\d\d-/.test(one))) {
  const name = file.replace('.mjs', '');
  const { start } = (await import(join(here, 'servers', file))) as { start(): Promise<Server> };
  const server = await start();
  const [mine, other] = [await ours(server), await theirs(server)];
  await server.close();
  if (typeof other === 'string') {
    unread.push(`${name}: ${other}`);
    continue;
  }
  for (const row of tables) {
    const { pass = null, result } = other[row.test] ?? {};
    const said = pass === null || result === 'cookies-not-found' ? 'none' : pass ? 'pass' : 'fail';
    const [mineSaid, label] = [mine[row.check] ?? 'none', labels[name]?.[row.label] ?? ''];
    row.compared++;
    if (mineSaid === said) row.same++;
    else
      differences.push(
        `${row.label} ${name}: label ${label}, ours ${mineSaid}, Observatory ${said} (${result})`,
      );
    if (mineSaid === label) row.oursRight++;
    if (said === label) row.theirsRight++;
    if (mineSaid === 'pass' && label !== 'pass') row.oursWrong++;
    if (said === 'pass' && label !== 'pass') row.theirsWrong++;
  }
}
rmSync(work, { recursive: true });

console.log('| subject | servers | same verdict | as labelled | wrong passes |\n|---|---|---|---|---|');
for (const row of tables) {
  const { label, compared, same, oursRight, theirsRight, oursWrong, theirsWrong } = row;
  console.log(
    `| ${label} | ${compared} | ${same} | ${oursRight}, ${theirsRight} | ${oursWrong}, ${theirsWrong} |`,
  );
}
console.log(
  ['', 'Not judged by the Observatory:', ...unread, '', 'Differences:', ...differences.sort()].join('\n'),
);
process.exit(0);
