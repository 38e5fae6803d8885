import { publishedRulePage } from '../project.ts';
import type { Confidence, RuleInfo, Severity } from './finding.ts';

export const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** Within the ranges by which GitHub names them: over 9.0 critical, from 7.0 high, from 4.0 medium. */
export const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
};

/** From 0 to 100, for consumers that sort by it. */
export const ranks: Readonly<Record<Confidence, number>> = { high: 90, medium: 60, low: 30 };

/** A reportingDescriptor, with what code scanning of GitHub reads from its properties. */
export function sarifRule({ id, title, severity, cwe, owasp, page }: RuleInfo): object {
  const cweTags = cwe.map((number) => `external/cwe/cwe-${number}`);
  const owaspTag = owaspTagOf(owasp);
  const help = page.trim() === '' ? title : page;
  const helpUri = publishedRulePage(id);
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: help, markdown: help },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', ...new Set([...cweTags, ...(owaspTag === undefined ? [] : [owaspTag])])],
      'security-severity': securitySeverities[severity],
      'problem.severity': levels[severity] === 'note' ? 'recommendation' : levels[severity],
      precision: 'high',
      ...(owasp === '' ? {} : { owasp }),
    },
  };
}

/** `A05:2025 Injection` is `external/owasp/owasp-a05-2025`. */
function owaspTagOf(owasp: string): string | undefined {
  const parts = /^(A\d\d):(\d{4})/.exec(owasp);
  return parts ? `external/owasp/owasp-${parts[1]?.toLowerCase()}-${parts[2]}` : undefined;
}

/** `sql/injection` is `SqlInjection`. */
function pascalCase(id: string): string {
  return id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
