import { runSealed } from '../machine/sealed.ts';
import type { Examined, SealedSqlmapPlan, SealedSqlmapReport } from './sealed-sqlmap.ts';

/** Points sqlmap at both applications, in a network that is loopback alone. */
export async function examine(plan: SealedSqlmapPlan, timeoutMs: number): Promise<SealedSqlmapReport> {
  const program = new URL('./sealed-sqlmap.ts', import.meta.url);
  return (await runSealed(program, { addresses: [] }, plan, {}, timeoutMs)) as SealedSqlmapReport;
}

/** What is wrong with how the defended application fared, in words; nothing where it held. */
export function faultsOf(examined: Examined, numeric: boolean): readonly string[] {
  const { name, injectable, payloads, tests, requests, statuses, honest } = examined;
  const [before, after] = honest;
  const count = (...wanted: number[]): number => wanted.reduce((sum, one) => sum + (statuses[one] ?? 0), 0);
  const unanswered = Object.entries(statuses).filter(([status]) => !/^[234]\d\d$/.test(status));
  return [
    ...injectable.map((title, i) => `${title}: ${payloads[i]}`),
    ...(tests === 0 ? ['sqlmap ran no test'] : []),
    ...(unanswered.length > 0 ? [`it answered ${JSON.stringify(statuses)}`] : []),
    ...(before !== after || before >= 400 ? [`an honest visitor got ${before}, then ${after}`] : []),
    // A wrong password is what the statement said; what is refused never was in one.
    ...(!numeric && count(before, 401) < requests / 2
      ? [`most never came to the statement: ${JSON.stringify(statuses)}`]
      : []),
  ].map((fault) => `${name}: ${fault}`);
}
