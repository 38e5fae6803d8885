import type { Confidence, Severity } from '../../../finding/finding.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { Inst } from '../../ir/ir.ts';
import type { Language } from '../../languages/language.ts';
import type { LanguageId } from '../../languages/language-id.ts';
import type { SourceKind } from '../../models/model.ts';
import type { SourceFile } from '../../project/project.ts';
import type { SinkId } from '../../sinks/sink-kinds.ts';
import type { Use } from './use.ts';

/** What every rule declares. The comment at the head of a rule's file becomes its page. */
export interface RuleHead {
  /** The rule's id, such as `sql/injection`. It never changes. */
  readonly id: string;
  /** A short name, without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  readonly cwe: readonly number[];
  /** The OWASP category: `A05:2025 Injection`. */
  readonly owasp: string;
  /** What the rule finds makes attacks easier or worse, and is no vulnerability alone. A scan sums such findings up by default. */
  readonly isHardening?: true;
  /** The fix, in a sentence or two. */
  readonly advice: string;
  /** The fix for Python, where it differs. */
  readonly pythonAdvice?: PythonAdvice;
}

/** One advice for all Python code, or one for each package that a file may import. `any` is the advice for all other files. */
export type PythonAdvice = string | ({ readonly any: string } & Readonly<Record<string, string>>);

/** A rule that reports untrusted data in a dangerous sink. */
export interface FlowRule extends RuleHead {
  readonly sinks: readonly SinkId[];
  readonly sources: readonly SourceKind[];
  /** The message, without a full stop: `The server requests a URL from untrusted input`. */
  readonly message: string;
  /** Whether the rule reports this flow, where the sink's kind does not decide it. */
  readonly isOwn?: (flow: Flow) => boolean;
  /** Returns the message or the advice for a flow that needs another text than the rule's own. */
  readonly words?: (flow: Flow) => FlowWords | undefined;
}

export interface FlowWords {
  readonly message?: string;
  readonly advice?: string;
}

/** A flow of tainted data into a sink, as rules see it. */
export interface Flow {
  readonly kind: SinkId;
  /** The modelled name of the sink, such as `express.Response.send`. */
  readonly sink: string;
  readonly source: SourceKind;
  /** The modelled name of the source, such as `express.Request.query`. */
  readonly from: string;
  /** The language of the sink's file. */
  readonly language: Language;
  /** The program has checked the host's address, but the client resolves the host again. */
  readonly isAddressChecked?: boolean;
}

/** A rule that reports the use or the setting of something that is wrong by itself, without a data flow. */
export interface UseRule extends RuleHead {
  /** The kinds of instructions that the rule checks. */
  readonly on: readonly Inst['op'][];
  /**
   * Names of called functions, and of what is set. The rule checks calls, stores, objects and classes with such a name, and
   * modelled calls. Without it, the rule checks modelled calls only.
   */
  readonly names?: RegExp;
  /**
   * Limits which modelled calls the rule checks: those whose name matches `names`, and those with a matching name or state, of
   * the callee or an argument. Calls with spread or bound arguments match the empty name, as their arguments may be anything.
   * Without it, the rule checks all modelled calls.
   */
  readonly modelled?: RegExp;
  /** Names of read members and entries and of parameters, for `member`, `index` and `param`. Without it, all match. */
  readonly members?: RegExp;
  /**
   * Texts to check, for `const`. Other texts are checked only if a variable that matches `names` holds them. Without it, all
   * match.
   */
  readonly texts?: RegExp;
  /** The operators to check, for `binary`. */
  readonly operators?: readonly string[];
  /** The languages of the rule. Without it, all languages. */
  readonly languages?: readonly LanguageId[];
  /** The rule checks only functions that untrusted data reaches. */
  readonly isOfData?: true;
  /** Whether the rule applies to a program at all. Asked once per program. */
  readonly needs?: (linked: Linked) => boolean;
  readonly look: (use: Use) => UseReport | undefined;
}

export interface UseReport {
  readonly message: string;
  readonly confidence: Confidence;
  /** These replace the rule's own. */
  readonly severity?: Severity;
  readonly advice?: string;
  /** The value whose place is reported. The default is the call or the store. */
  readonly value?: number;
}

/** A rule on the text of a file, comments included. */
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

/** A `modelled` pattern that matches nothing, for rules that use names only. */
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
