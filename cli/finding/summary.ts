import { severities } from './finding-order.ts';
import type { Report } from './report.ts';

/** `3 findings (1 critical, 2 high) in 2 files; 120 files, 9,830 lines scanned; 1 suppressed` */
export function summary({ findings, scanned, suppressed }: Report): string {
  const files = new Set(findings.map(({ place }) => place.path)).size;
  const found = findings.length === 0 ? 'No findings' : `${count(findings.length, 'finding')} (${counts()})`;
  const parts = [
    findings.length === 0 ? found : `${found} in ${count(files, 'file')}`,
    `${count(scanned.files, 'file')}, ${count(scanned.lines, 'line')} scanned`,
  ];
  if (suppressed.length > 0) parts.push(`${grouped(suppressed.length)} suppressed`);
  return parts.join('; ');

  function counts(): string {
    return severities
      .map((severity) => ({ severity, of: findings.filter((one) => one.severity === severity).length }))
      .filter(({ of }) => of > 0)
      .map(({ severity, of }) => `${grouped(of)} ${severity}`)
      .join(', ');
  }
}

function count(of: number, word: string): string {
  return `${grouped(of)} ${word}${of === 1 ? '' : 's'}`;
}

function grouped(of: number): string {
  return String(of).replace(/\B(?=(\d{3})+$)/g, ',');
}
