import type { FixesFor } from './fix.ts';

/** Rules of which some findings can be fixed for certain; which, the fixers say once a fix is chosen. */
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

/** Offers the fix of `bulwark scan --fix` for one finding. */
export const fixesFor: FixesFor = (finding, { sources, rescan }) =>
  fixable.has(finding.rule)
    ? [
        {
          title: `Fix ${finding.rule}, if it is certain`,
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
