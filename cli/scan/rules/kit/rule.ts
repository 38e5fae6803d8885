import type { Confidence, Severity } from '../../../finding/finding.ts';
import type { Linked } from '../../callgraph/linked.ts';
import type { Inst } from '../../ir/ir.ts';
import type { Language } from '../../languages/language.ts';
import type { LanguageId } from '../../languages/language-id.ts';
import type { SourceKind } from '../../models/model.ts';
import type { SourceFile } from '../../project/project.ts';
import type { SinkId } from '../../sinks/sink-kinds.ts';
import type { Use } from './use.ts';

/** The properties of every kind of rule. The comment at the head of a rule's file becomes its page. */
export interface RuleHead {
  /** The rule's id, such as `sql/injection`. It never changes. */
  readonly id: string;
  /** A short name, without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** The numbers of its weaknesses in the CWE list. */
  readonly cwe: readonly number[];
  /** The OWASP category: `A05:2025 Injection`. */
  readonly owasp: string;
  /** What the rule finds makes attacks easier or worse, and is no vulnerability alone. A scan sums such findings up by default. */
  readonly isHardening?: true;
  /** The fix, in a sentence or two. */
  readonly advice: string;
  /** The fix in Python, if it differs. */
  readonly pythonAdvice?: PythonAdvice;
}

/**
 * A rule's advice for Python code: one text, or one text for each package that a file may import. `any` is for files that
 * import none of these packages.
 */
export type PythonAdvice = string | ({ readonly any: string } & Readonly<Record<string, string>>);

/** A rule that reports flows from sources to sinks. */
export interface FlowRule extends RuleHead {
  readonly sinks: readonly SinkId[];
  readonly sources: readonly SourceKind[];
  /** The message, without a full stop: `The server requests a URL from untrusted input`. */
  readonly message: string;
  /** Whether the rule reports a flow between its sources and sinks. Without it, the rule reports all of them. */
  readonly isOwn?: (flow: Flow) => boolean;
  /** The message and advice for a flow that needs others than the rule's own. */
  readonly words?: (flow: Flow) => FlowWords | undefined;
}

/** The message and the advice for one flow. If one of them is missing, the rule's own is used. */
export interface FlowWords {
  readonly message?: string;
  readonly advice?: string;
}

/** A flow of untrusted data into a sink, as rules see it. */
export interface Flow {
  readonly kind: SinkId;
  /** The modelled name of the sink, such as `express.Response.send`. */
  readonly sink: string;
  readonly source: SourceKind;
  /** The modelled name of the source, such as `express.Request.query`. */
  readonly from: string;
  /** The language of the sink's file. */
  readonly language: Language;
  /** Whether the program has checked the host's address, but the client resolves the host again. */
  readonly isAddressChecked?: boolean;
  /** Whether the sink is in code that runs in a browser only. */
  readonly isInBrowser?: boolean;
}

/** A rule that reports a single instruction, such as a call or a setting that is wrong without any data flow. */
export interface UseRule extends RuleHead {
  /** The kinds of instructions that the rule checks. */
  readonly on: readonly Inst['op'][];
  /**
   * Names of called functions, keyword arguments, members, entries and variables. The rule checks calls, stores, objects and
   * classes with such a name, and the calls of `modelled`. Without it, the rule checks only the latter.
   */
  readonly names?: RegExp;
  /**
   * Limits the calls that the rule checks of those that a library model covers: this or `names` must match a name in the call, or
   * the library type of the callee or of an argument. Calls with spread or bound arguments also have the empty name, since these
   * arguments may be anything. Without it, the rule checks all calls that a model covers.
   */
  readonly modelled?: RegExp;
  /** Names of parameters and of members and entries that are read, for `param`, `member` and `index`. Without it, all match. */
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
  /** Whether the rule checks only functions that untrusted data reaches. */
  readonly isOfData?: true;
  /** Whether the rule applies to a program at all. Asked once per program. */
  readonly needs?: (linked: Linked) => boolean;
  /** Checks one instruction. Undefined if there is nothing to report. */
  readonly look: (use: Use) => UseReport | undefined;
}

/** What a use rule reports for an instruction. */
export interface UseReport {
  readonly message: string;
  readonly confidence: Confidence;
  /** Replaces the rule's severity. */
  readonly severity?: Severity;
  /** Replaces the rule's advice. */
  readonly advice?: string;
  /** The value whose place is reported. The default is the checked instruction. */
  readonly value?: number;
}

/** A rule on the text of a file, comments included. */
export interface TextRule extends RuleHead {
  readonly read: (file: SourceFile) => readonly TextReport[];
}

/** What a text rule reports. */
export interface TextReport {
  readonly message: string;
  readonly confidence: Confidence;
  /** The offset of the first character in the text. `end` is that behind the last one. */
  readonly at: number;
  readonly end: number;
}

/** Matches nothing. A rule that selects calls by `names` alone sets `modelled` to this pattern. */
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
