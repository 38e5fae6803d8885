import { cspReportEndpoint, suggestPolicy } from 'bulwark/csp';
import { configureEvents, type SecurityEvent } from 'bulwark/event';
import { beforeAll, expect, test } from 'vitest';
import { codeOf, surprises, type Verdict } from './case.ts';
import { bodies, modern, old } from './csp-report-bodies.ts';

const events: SecurityEvent[] = [];
let flush: () => Promise<void>;
beforeAll(() => {
  const recorder = configureEvents({ sinks: [{ name: 'list', write: (list) => void events.push(...list) }] });
  flush = () => recorder.flush();
});

const printable = /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u;

/** What is wrong with what an endpoint holds. */
function wrong(endpoint: ReturnType<typeof cspReportEndpoint>): string {
  const problems: string[] = [];
  const list = endpoint.violations();
  if (list.length > 500) problems.push(`${list.length} violations`);
  for (const one of list) {
    const text = JSON.stringify(one);
    if (text.length > 2_000) problems.push(`long: ${text.length}`);
    if (text.includes('SECRET')) problems.push(`holds a secret: ${text.slice(0, 200)}`);
    for (const value of Object.values(one))
      if (typeof value === 'string' ? !printable.test(value) : !Number.isSafeInteger(value))
        problems.push(`holds ${JSON.stringify(value)}`);
    if (!/^[a-z-]+$/.test(one.directive)) problems.push(`directive ${one.directive}`);
  }
  const text = suggestPolicy(list).text;
  if (!/^[\n\P{Cc}]*$/u.test(text) || /[\u2028\u2029\u202a-\u202e\u2066-\u2069]/.test(text))
    problems.push('the suggestion has control characters');
  return problems.join('; ');
}

test('bodies of reports from whomever', async () => {
  const verdicts = bodies.map(([name, body]): Verdict => {
    const endpoint = cspReportEndpoint();
    let answer: unknown;
    const code = codeOf(() => {
      answer = endpoint.take(JSON.stringify(body));
    });
    const odd =
      code || (answer === 204 || answer === 400 || answer === 413 ? '' : `answers ${String(answer)}`);
    return [{ kind: 'attack', name }, odd || wrong(endpoint)];
  });
  expect(surprises(verdicts)).toEqual([]);
  expect('x' in {}).toBe(false);
  await flush();
  const text = JSON.stringify(
    events.filter(({ code }) => code === 'csp/violation').map(({ evidence }) => evidence),
  );
  expect(text).not.toContain('SECRET');
  for (const { evidence } of events)
    for (const value of Object.values(evidence))
      if (typeof value === 'string') expect(value).toMatch(printable);
});

test('raw bodies', () => {
  const full = JSON.stringify([modern({})]);
  const bytes = new TextEncoder();
  const rows: (readonly [body: string | Uint8Array, answers: readonly number[]])[] = [
    ['', [400]],
    ['{', [400]],
    ['null', [400]],
    ['[]', [204, 400]],
    ['['.repeat(8_000), [400]],
    [`${'['.repeat(8_000)}${']'.repeat(8_000)}`, [400, 204]],
    ['{"a":'.repeat(3_000), [400]],
    [`${'{"a":'.repeat(2_500)}1${'}'.repeat(2_500)}`, [400]],
    [bytes.encode(`\ufeff${full}`), [204, 400]],
    [new Uint8Array([0xff, 0xfe, 0x7b]), [400]],
    [new Uint8Array(0), [400]],
    [new Uint8Array(16_385), [413]],
    ['x'.repeat(16_385), [413]],
    ['\u00e9'.repeat(10_000), [413]],
    [full.padEnd(16_384), [204]],
    [bytes.encode(full.padEnd(16_384)), [204]],
    [full.padEnd(16_385), [413]],
    [`${full}${full}`, [400]],
    [Buffer.from([0x1f, 0x8b, 8, 0]), [400]],
    ['NaN', [400]],
    [`[${'1,'.repeat(8_000)}1]`, [400, 204]],
    [`[${'{},'.repeat(5_000)}{}]`, [400, 204]],
    [full, [204]],
    [JSON.stringify(old({})), [204]],
    [bytes.encode(full), [204]],
    [JSON.stringify(modern({})), [204, 400]],
  ];
  const off = rows.flatMap(([body, answers]) => {
    let answer: unknown;
    const code = codeOf(() => {
      answer = cspReportEndpoint().take(body);
    });
    return code === '' && answers.includes(answer as number)
      ? []
      : [`${String(body).slice(0, 30)} ${code} ${String(answer)}`];
  });
  expect(off).toEqual([]);
  for (const body of [
    null,
    undefined,
    7,
    {},
    [],
    new Proxy(
      {},
      {
        get() {
          throw new Error('hostile');
        },
      },
    ),
  ])
    expect(
      codeOf(() => cspReportEndpoint().take(body as never)),
      String(typeof body),
    ).toBe('');
});

test('a batch counts at most a hundred reports, and 500 places are kept', () => {
  const endpoint = cspReportEndpoint();
  const small = (at: number) => ({
    type: 'csp-violation',
    body: { effectiveDirective: 'img-src', blockedURL: `https://h${at}.example/` },
  });
  endpoint.take(JSON.stringify(Array.from({ length: 130 }, (_, at) => small(at))));
  expect(endpoint.violations().length).toBeLessThanOrEqual(100);
  for (let at = 0; at < 100_000; at += 100)
    endpoint.take(JSON.stringify(Array.from({ length: 100 }, (_, more) => small(at + more))));
  expect(endpoint.violations().length).toBeLessThanOrEqual(500);
});
