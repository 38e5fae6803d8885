import { type DefaultTreeAdapterMap, InsertionMode, html as names, Parser, type Token } from 'parse5';
import * as effects from '../values/effect.ts';
import { effectOf, effectsThrough, framed, isMetadata } from '../values/markup-effect.ts';
import * as fixes from './moved.ts';
import { Moved } from './moved.ts';
import { inTables, unmoved, voidTags } from './table-content.ts';
import { TemplateContent } from './template-content.ts';
import { type Draft, refuseAlso, type Undecided } from './undecided.ts';

/** The data of the comment that stands for a hole: comments are taken everywhere, and change nothing. */
export const holeMark = '\u0001';

type Element = DefaultTreeAdapterMap['element'];

const noDocument: ReadonlySet<string> = new Set(['html', 'head']);

/**
 * The tree builder of the HTML standard itself, asked at each hole which elements are open. Made for one template, by
 * `getFragmentParser`, or by `new` for a whole document.
 */
export class TemplateReader extends Parser<DefaultTreeAdapterMap> {
  readonly places: Draft[] = [];
  /** What the template does where it is spliced in, without its holes. */
  effects = 0;
  /** The template has a doctype, or an `<html>`, `<head>` or `<body>` tag. */
  isDocument = false;
  /** True from a `<head>` tag on, and from an `<html>` tag. */
  private explicitHead = false;
  private entered = false;
  private rereading = false;
  private unsettled: Undecided[] = [];
  private readonly inTable = new Map<unknown, Undecided[]>();
  private readonly inTemplate = new Map<unknown, TemplateContent>();
  /** What a `<select>` dropped: browsers that let it hold any element have them open. */
  private dropped: string[] = [];

  private open(): Element[] {
    const items = this.openElements.items.slice(0, this.openElements.stackTop + 1);
    // Of a fragment, the lowest is made up. Slots of a deep stack can be free.
    return (this.isDocument ? items : items.slice(1)).filter(Boolean) as Element[];
  }

  private names(): string[] {
    const open = this.open();
    const own = open.map((one) => (one.namespaceURI === names.NS.HTML ? one.tagName : 'svg'));
    if (!own.includes('select')) this.dropped = [];
    return own.concat(this.dropped);
  }

  private isBeforeBody(open: readonly string[]): boolean {
    return this.isDocument && open.every((name) => noDocument.has(name));
  }

  override onComment(token: Token.CommentToken): void {
    if (token.data !== holeMark) {
      super.onComment(token);
      return;
    }
    this.refuseReopened(token);
    this.places.push(this.placeHere());
  }

  /** An element such as `<b>` that ended with the one around it: text opens it again, and a block does not. */
  private refuseReopened(token: Token.CommentToken): void {
    let entry = this.activeFormattingElements.newest;
    for (; entry !== null && 'element' in entry; entry = entry.older) {
      if (this.openElements.contains(entry.element)) continue;
      throw new Moved(token, fixes.reopened(entry.element.tagName));
    }
  }

  private placeHere(): Draft {
    const open = this.names();
    const { refuses, passes } = effectsThrough(open);
    const draft: Draft = { refuses, passes, ordered: false, enters: effects.flow };
    if (this.currentNotInHTML) return { ...draft, refuses: 0, passes: 0 };
    if (this.isBeforeBody(open)) return this.placeBeforeBody(draft, open);
    if (open.length === 0) return this.outermostPlace(draft);
    if (this.isDocument) draft.refuses |= effects.policyTag;
    if (this.formElement && this.openElements.tmplCount === 0) draft.refuses |= effects.closesForm;
    if (this.activeFormattingElements.getElementEntryInScopeWithTagName(names.TAG_NAMES.A)) {
      draft.refuses |= effects.closesLink;
    }
    const current = this.open().at(-1);
    const name = open.at(-1) ?? '';
    if (name === 'template') this.contentOf(current).addHole(draft);
    else if (framed.has(name)) this.placeInTable(draft, name, current);
    return draft;
  }

  /** In the head, and around it: what opens the body goes only where the template itself has nothing more for the head. */
  private placeBeforeBody(draft: Draft, open: readonly string[]): Draft {
    if (open.includes('head') && this.explicitHead) draft.refuses |= effects.notHead;
    else {
      draft.ordered = true;
      const after = this.insertionMode === InsertionMode.AFTER_HEAD ? effects.notAfterHead : 0;
      draft.enters |= after;
      this.unsettled.push({ draft, bits: effects.notHead | after });
    }
    return draft;
  }

  private outermostPlace(draft: Draft): Draft {
    if (this.entered) return draft;
    draft.ordered = true;
    this.unsettled.push({ draft, bits: effects.flow });
    return draft;
  }

  private contentOf(template: unknown): TemplateContent {
    const known = this.inTemplate.get(template) ?? new TemplateContent();
    this.inTemplate.set(template, known);
    return known;
  }

  /** A row group that the parser made up ends with the next part of the table, so that any part fits. */
  private placeInTable(draft: Draft, name: string, current: Element | undefined): void {
    const implied = name === 'tbody' && !current?.sourceCodeLocation;
    // All else that a row does stays in its cells.
    draft.refuses =
      (draft.refuses & effects.closesForm) | (implied ? effects.notTable : (framed.get(name) ?? 0));
    draft.passes &= effects.closesForm;
    if (name !== 'table' && !implied) return;
    const table = this.tableAround();
    const waiting = this.inTable.get(table) ?? [];
    waiting.push({ draft, bits: implied ? effects.notRows : effects.notSections });
    this.inTable.set(table, waiting);
  }

  private tableAround(): unknown {
    return this.open().findLast(({ tagName }) => tagName === 'table');
  }

  override onDoctype(token: Token.DoctypeToken): void {
    // In front of a doctype, anything takes its effect away.
    this.settle(effects.something);
    if (this.isBeforeBody(this.names())) this.effects |= effects.headOnly | effects.textEffect;
    super.onDoctype(token);
  }

  private settle(more: number): void {
    if (more !== 0) refuseAlso(this.unsettled, more);
    this.unsettled = [];
  }

  override onStartTag(token: Token.TagToken): void {
    if (this.rereading) {
      super.onStartTag(token);
      return;
    }
    if (this.openElements.depth + this.dropped.length > fixes.maxDepth)
      throw new Moved(token, fixes.tooDeep, 'html/malformed-template');
    const before = this.names();
    this.noteStartTag(token, before);
    this.rereading = true;
    super.onStartTag(token);
    this.rereading = false;
    const { tagName, selfClosing } = token;
    this.noteParent(token);
    if (before.includes('select') && !selfClosing && !voidTags.has(tagName)) {
      const depth = before.length - this.dropped.length;
      if (this.open().length === depth) this.dropped.push(tagName);
    }
  }

  /** What the tag closed of the template itself stops nothing: `<p><h2>` is a heading beside the `<p>`. */
  private noteParent({ tagName, attrs }: Token.TagToken): void {
    if (this.currentNotInHTML) return;
    const open = this.names();
    if (open.at(-1) === tagName) open.pop();
    this.effects |= effectOf(tagName, attrs) & effectsThrough(open).passes;
  }

  private noteStartTag(token: Token.TagToken, open: readonly string[]): void {
    const { tagName, attrs } = token;
    if (this.currentNotInHTML) return;
    const parent = open.at(-1) ?? '';
    const effect = effectOf(tagName, attrs);
    const late = (effect & effectsThrough(open).passes & effects.policyTag) !== 0;
    if (late && (this.isDocument ? open.includes('body') : this.entered && open.length === 0)) {
      throw new Moved(token, fixes.latePolicy);
    }
    if (framed.has(parent) && !inTables.has(tagName) && (effect & effects.notTable) !== 0) {
      throw new Moved(token, fixes.outOfTable(`<${tagName}>`, parent));
    }
    if (framed.has(parent)) {
      const table = this.tableAround();
      const implied = parent === 'tbody' && !this.open().at(-1)?.sourceCodeLocation;
      if (!unmoved.has(tagName)) this.inTable.delete(table);
      else if (parent === 'table' || implied) {
        refuseAlso(this.inTable.get(table) ?? []);
        this.inTable.delete(table);
      }
    }
    if (parent === 'template') this.contentOf(this.open().at(-1)).addTag(token, effect);
    this.effects |= effect & effectsThrough(open).passes;
    if (this.isBeforeBody(open)) this.noteBeforeBody(tagName, effect);
    else if (!this.isDocument && open.length === 0) this.noteOutermost(effect);
  }

  private noteBeforeBody(tagName: string, effect: number): void {
    this.effects |= effects.textEffect;
    if (tagName === 'head' || tagName === 'html') {
      this.explicitHead ||= tagName === 'head';
      this.effects |= effects.headOnly;
      if (tagName === 'head') this.settle(effects.notHead);
    } else if (isMetadata(tagName)) {
      this.effects |= effects.headOnly;
      this.settle(effects.notHead);
    } else if ((effect & effects.flow) !== 0) this.settle(0);
  }

  private noteOutermost(effect: number): void {
    if ((effect & effects.headOnly) !== 0) this.settle(effects.flow);
    if ((effect & effects.flow) === 0) return;
    this.settle(0);
    this.entered = true;
    // A first part of a table had the parser expect more of them.
    if ((effect & effects.closesCell) === 0) this.expectFlow();
  }

  private expectFlow(): void {
    if (this.insertionMode <= InsertionMode.IN_BODY || this.insertionMode === InsertionMode.IN_TEMPLATE)
      return;
    this.insertionMode = InsertionMode.IN_BODY;
    this.tmplInsertionModeStack[0] = InsertionMode.IN_BODY;
  }

  override onEndTag(token: Token.TagToken): void {
    if (this.rereading) {
      super.onEndTag(token);
      return;
    }
    const { tagName } = token;
    const open = this.names();
    if (!this.currentNotInHTML) {
      const parent = open.at(-1) ?? '';
      const stray = tagName === 'p' || tagName === 'br';
      if (stray && framed.has(parent)) {
        throw new Moved(token, fixes.outOfTable(`</${tagName}>`, parent));
      }
      // Where scripts are off, a picture in a <noscript> ends the head: for static text, that is meant.
      if (tagName === 'head' && this.explicitHead && this.options.scriptingEnabled && open.includes('body')) {
        throw new Moved(token, fixes.endedHead);
      }
      // It may close what another template has opened.
      if (!open.includes(tagName)) this.effects |= effects.textEffect;
    }
    const at = this.dropped.lastIndexOf(tagName);
    if (at !== -1) this.dropped.splice(at);
    this.rereading = true;
    super.onEndTag(token);
    this.rereading = false;
  }

  override onCharacter(token: Token.CharacterToken): void {
    if (!this.rereading && !this.currentNotInHTML) {
      const open = this.names();
      const parent = open.at(-1) ?? '';
      if (framed.has(parent)) throw new Moved(token, fixes.outOfTable('text', parent));
      if (parent === 'template') this.contentOf(this.open().at(-1)).addText(token);
      if (this.isBeforeBody(open)) {
        this.settle(0);
        this.effects |= effects.textEffect;
      } else if (open.length === 0) {
        this.effects |= effects.textEffect;
        this.settle(0);
        this.entered = true;
        this.expectFlow();
      } else if (!this.options.scriptingEnabled && open.includes('noscript')) {
        this.effects |= effects.textEffect & effectsThrough(open).passes;
      }
    }
    super.onCharacter(token);
  }

  override onEof(token: Token.EOFToken): void {
    // An element that stays open takes in what stands behind it.
    if (!this.rereading && this.names().length > 0) this.effects |= effects.textEffect;
    super.onEof(token);
  }
}
