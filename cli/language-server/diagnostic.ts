import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
} from 'vscode-languageserver/node';
import type { Finding, Severity, Step } from '../finding/finding.ts';
import { visible } from '../finding/visible.ts';
import { rangeOf } from './finding-range.ts';

/** Who the diagnostics are from, as editors show it. */
export const source = 'bulwark';

/** What stays with a diagnostic, so that its finding is found again. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

export interface DiagnosticOptions {
  readonly fingerprint: string;
  readonly uriOf: (path: string) => string;
  /** The page of a rule, where it can be opened. */
  readonly pageUrl: (rule: string) => string | undefined;
  /** What the client can show. */
  readonly shows: { readonly way: boolean; readonly page: boolean };
}

/** A finding as an editor shows it, with the way of its data. */
export function diagnosticOf(finding: Finding, options: DiagnosticOptions): Diagnostic {
  const { fingerprint, uriOf, shows } = options;
  const page = shows.page ? options.pageUrl(finding.rule) : undefined;
  const data: DiagnosticData = { fingerprint };
  return {
    range: rangeOf(finding.place),
    severity: severities[finding.severity],
    code: finding.rule,
    source,
    message: visible(finding.message),
    data,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(shows.way && finding.steps.length > 0 ? { relatedInformation: wayOf(finding.steps, uriOf) } : {}),
  };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

/** Of a longer way, both ends. */
const shownSteps = 24;

function wayOf(steps: readonly Step[], uriOf: DiagnosticOptions['uriOf']): DiagnosticRelatedInformation[] {
  const half = shownSteps / 2;
  const shown = steps.length > shownSteps ? [...steps.slice(0, half), ...steps.slice(-half)] : steps;
  return shown.map(({ place, message }) => ({
    location: { uri: uriOf(place.path), range: rangeOf(place) },
    message: visible(message),
  }));
}
