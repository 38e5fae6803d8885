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
 * The severity of a flow, lowered from its rule's severity if not everyone can use the flow. It is critical only if a
 * stranger certainly reaches the sink. Behind a log-in it is high at most. An administrator already holds most of what the
 * flow gives, so behind that role it is medium at most. Where the harm is done to a visitor, a role changes nothing, since
 * the attacker only needs a visitor who has it.
 */
export function severityOf({ severity, kind, source, confidence, role }: Rated): Severity {
  const isKept = source === 'remote' && !sinkKind(kind).harmsVisitor;
  if (isKept && role === 'administrator')
    return severity === 'critical' || severity === 'high' ? 'medium' : 'low';
  const isStrangers = confidence === 'high' && !(isKept && role === 'user');
  return severity === 'critical' && !isStrangers ? 'high' : severity;
}
