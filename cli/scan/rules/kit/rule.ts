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
  /** The CWE numbers of the weaknesses that the rule finds: `[89]`. */
  readonly cwe: readonly number[];
  /** The OWASP category: `A05:2025 Injection`. */
  readonly owasp: string;
  /**
   * Whether the rule finds missing hardening, which alone is no vulnerability but makes attacks easier or worse. By
   * default, a scan sums up the findings of such a rule in one note.
   */
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
  /**
   * Whether the rule reports a given flow from its sources to its sinks. If missing, the rule reports all such flows.
   */
  readonly isOwn?: (flow: Flow) => boolean;
  /** Returns a message and advice that replace the rule's own for a flow. Undefined if the rule's own are right. */
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
  /** Whether the program has checked the IP address of the URL's host, but the HTTP client looks the host up again. */
  readonly isAddressChecked?: boolean;
  /** Whether the sink is in code that runs in a browser only. */
  readonly isInBrowser?: boolean;
}

/** A rule that reports a single instruction, such as a call or a setting that is wrong without any data flow. */
export interface UseRule extends RuleHead {
  /** The kinds of instructions that the rule checks. */
  readonly on: readonly Inst['op'][];
  /**
   * Matches names of called functions, keyword arguments, members, entries and variables. The rule checks the calls,
   * stores, objects and classes with a matching name. If missing, the rule checks none of these, except for calls that
   * `modelled` selects.
   */
  readonly names?: RegExp;
  /**
   * Selects calls that a library model covers. The rule checks such a call if this or `names` matches a name in the
   * call, or the library type of the callee or of an argument. Calls with spread or bound arguments also have the empty
   * name, since these arguments may be anything. If missing, the rule checks all calls that a model covers.
   */
  readonly modelled?: RegExp;
  /**
   * Matches names of parameters, and of members and entries that are read. The rule checks `param`, `member` and
   * `index` instructions with such a name. If missing, it checks all of them.
   */
  readonly members?: RegExp;
  /**
   * Matches the texts of the `const` instructions to check. A text that does not match is still checked if a variable
   * that matches `names` holds it. If missing, the rule checks all texts.
   */
  readonly texts?: RegExp;
  /** The operators to check, for `binary`. */
  readonly operators?: readonly string[];
  /** The languages of the rule. Without it, all languages. */
  readonly languages?: readonly LanguageId[];
  /** Whether the rule checks only functions that untrusted data reaches. */
  readonly isOfData?: true;
  /** Whether the rule applies to a program at all. */
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
  /**
   * The reported range, as offsets in the file's text: `at` is its first character, and `end` is after its last one.
   */
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
