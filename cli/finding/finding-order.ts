import type { Confidence, Finding, Place, Severity } from './finding.ts';

/** From the worst to the least. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
export const confidences: readonly Confidence[] = ['high', 'medium', 'low'];

/** By code units: a locale would give every machine its own order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.path, b.path) ||
    a.line - b.line ||
    a.column - b.column ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn
  );
}

/** By place; at one place the worst first. Nothing is left to the order in which findings were made. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePlaces(a.place, b.place) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compareText(a.rule, b.rule) ||
    confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence) ||
    compareText(a.message, b.message) ||
    compareSteps(a, b)
  );
}

export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(compareFindings);
}

function compareSteps(a: Finding, b: Finding): number {
  for (const [index, step] of a.steps.entries()) {
    const other = b.steps[index];
    if (!other) return 1;
    const order = comparePlaces(step.place, other.place) || compareText(step.message, other.message);
    if (order !== 0) return order;
  }
  return a.steps.length - b.steps.length;
}
