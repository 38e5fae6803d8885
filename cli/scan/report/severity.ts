import type { Confidence, Severity } from '../../finding/finding.ts';
import type { SourceKind } from '../models/model.ts';
import type { SinkId } from '../sinks/sink-kinds.ts';
import { sinkKind } from '../sinks/sink-kinds.ts';

/** Who a route lets in: every user who has logged in, or administrators alone. */
export type Role = 'user' | 'administrator';

/** What the severity of a finding depends on. */
interface Rated {
  /** The severity of its rule: that of a flow which any stranger can use. */
  readonly severity: Severity;
  readonly kind: SinkId;
  readonly source: SourceKind;
  readonly confidence: Confidence;
  /** The role that the sender of the request needs. Undefined if the code names none. */
  readonly role: Role | undefined;
}

/**
 * Returns the severity of a flow: that of its rule, or less if an attacker needs a role. It is critical only if a stranger
 * certainly reaches the sink. If the request needs a log-in, it is high at most; if it needs an administrator, medium at
 * most. A required role is ignored if the flow harms a visitor, since an attacker can target a visitor with that role.
 * Data that a script reads from its own page is low: most of it is what the visitor typed, or texts of the application.
 */
export function severityOf({ severity, kind, source, confidence, role }: Rated): Severity {
  if (source === 'page') return 'low';
  const isKept = source === 'remote' && !sinkKind(kind).harmsVisitor;
  if (isKept && role === 'administrator')
    return severity === 'critical' || severity === 'high' ? 'medium' : 'low';
  const isStrangers = confidence === 'high' && !(isKept && role === 'user');
  return severity === 'critical' && !isStrangers ? 'high' : severity;
}
