import type { Confidence, Severity } from '../../../finding/finding.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { Inst } from '../../ir/ir.ts';
import type { Language } from '../../languages/language.ts';
import type { LanguageId } from '../../languages/language-id.ts';
import type { SourceKind } from '../../models/model.ts';
import type { SourceFile } from '../../project/project.ts';
import type { SinkId } from '../../sinks/sink-kinds.ts';
import type { Use } from './use.ts';

/** What all rules say of themselves. The page of a rule is the comment at the head of its file. */
export interface RuleHead {
  /** `sql/injection`: permanent. */
  readonly id: string;
  /** A short name, without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  readonly cwe: readonly number[];
  /** `A05:2025 Injection` */
  readonly owasp: string;
  /** What to do instead, in a sentence or two. */
  readonly advice: string;
  /** The same for Python, where it differs. */
  readonly pythonAdvice?: PythonAdvice;
}

/** One advice for all of Python, or one for each package that a file may import, and one for any other file. */
export type PythonAdvice = string | ({ readonly any: string } & Readonly<Record<string, string>>);

/** Data of others reaches a dangerous place. */
export interface FlowRule extends RuleHead {
  readonly sinks: readonly SinkId[];
  readonly sources: readonly SourceKind[];
  /** A sentence without its end: `A URL of others is requested by the server`. */
  readonly message: string;
  /** Where kinds are not enough to tell: whether this flow is the rule's. */
  readonly isOwn?: (flow: Flow) => boolean;
  /** Where a flow needs other words than the rule's: its message, its advice, or both. */
  readonly words?: (flow: Flow) => FlowWords | undefined;
}

export interface FlowWords {
  readonly message?: string;
  readonly advice?: string;
}

/** Tainted data that arrived at a sink, as far as rules ask. */
export interface Flow {
  readonly kind: SinkId;
  /** `express.Response.send` */
  readonly sink: string;
  readonly source: SourceKind;
  /** `express.Request.query` */
  readonly from: string;
  /** The language of the file that the sink is in. */
  readonly language: Language;
  /** The program has checked the address of the host, which the client then resolves again. */
  readonly isAddressChecked?: boolean;
}

/** Something is used, or set, in a way that is wrong by itself. */
export interface UseRule extends RuleHead {
  /** The instructions that it looks at. */
  readonly on: readonly Inst['op'][];
  /**
   * Names of functions that are called, and of what is set: of calls, stores, objects and classes only those that have one
   * are looked at, and calls of which a library's model knows something. Without it, those alone.
   */
  readonly names?: RegExp;
  /**
   * Of calls of which a library's model knows something: those alone are looked at that have one of the names, and those with
   * such a name or such a state, of what is called or of an argument. The empty name is that of calls with arguments that are
   * spread into them or were bound before, and so may be any. Without it, all.
   */
  readonly modelled?: RegExp;
  /** Names of members and entries that are read and of parameters, of `member`, `index` and `param`. Without it, all. */
  readonly members?: RegExp;
  /** Texts that it looks at, of `const`; others only where they are given to a variable with one of the names. Without it, all. */
  readonly texts?: RegExp;
  /** The operators of `binary` that it looks at. */
  readonly operators?: readonly string[];
  /** The languages that it is for. Without it, all. */
  readonly languages?: readonly LanguageId[];
  /** It only looks at functions that meet the data of others. */
  readonly isOfData?: true;
  /** What a program must have to be looked at; asked once for each. */
  readonly needs?: (linked: Linked) => boolean;
  readonly look: (use: Use) => UseReport | undefined;
}

export interface UseReport {
  readonly message: string;
  readonly confidence: Confidence;
  /** Where these differ from the rule's own. */
  readonly severity?: Severity;
  readonly advice?: string;
  /** The value whose place is reported; by default that of the call or store. */
  readonly value?: number;
}

/** Something stands in a file's text, in its comments too. */
export interface TextRule extends RuleHead {
  readonly read: (file: SourceFile) => readonly TextReport[];
}

export interface TextReport {
  readonly message: string;
  readonly confidence: Confidence;
  /** Offsets in the text. */
  readonly at: number;
  readonly end: number;
}

/** Of a rule that goes by names alone, for `modelled`. */
export const noState: RegExp = /(?!)/;

export type Rule = FlowRule | UseRule | TextRule;

export function isFlowRule(rule: Rule): rule is FlowRule {
  return 'sinks' in rule;
}

export function isUseRule(rule: Rule): rule is UseRule {
  return 'look' in rule;
}

export function isTextRule(rule: Rule): rule is TextRule {
  return 'read' in rule;
}
