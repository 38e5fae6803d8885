import type { FixesFor } from './fix.ts';

/** Rules with fixes. Whether one fits a finding, the fixers say once it is chosen. */
const fixable: ReadonlySet<string> = new Set([
  'sql/injection',
  'command/injection',
  'deserialize/untrusted',
  'xss/reflected',
  'xss/template',
  'ssrf/request',
  'tls/unverified',
  'config/debug',
  'cookie/flags',
  'request/no-timeout',
]);

/** Offers the fix of one finding, those included that `bulwark scan --fix` only suggests: an editor shows what changes. */
export const fixesFor: FixesFor = (finding, { sources, rescan }) =>
  fixable.has(finding.rule)
    ? [
        {
          title: `Fix ${finding.rule} (review the change)`,
          texts: async () => {
            const { fixFindings } = await import('../scan/fix/fix-findings.ts');
            const { changed } = await fixFindings({
              findings: [finding],
              sources,
              rescan,
              takesUnsure: true,
            });
            return changed.size > 0 ? changed : undefined;
          },
        },
      ]
    : [];
