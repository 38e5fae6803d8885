import type { Token } from 'parse5';
import * as effects from '../values/effect.ts';
import { isMetadata } from '../values/markup-effect.ts';
import { Moved, mixedTemplate } from './moved.ts';
import { partOf } from './table-content.ts';
import type { Draft } from './undecided.ts';

/**
 * What a `<template>` element has held so far. Its first element, metadata aside, decides whether a parser takes parts of
 * a table in it or drops them.
 */
export class TemplateContent {
  private readonly drafts: Draft[] = [];
  /** What its holes refuse. Undefined until content decides it. */
  private refuses: number | undefined;
  private hasOnlyText = false;

  addHole(draft: Draft): void {
    if (this.refuses === undefined) this.drafts.push(draft);
    draft.refuses |= this.refuses ?? 0;
    // The first value would decide how the second one is read.
    if (this.drafts.length > 1)
      for (const one of [this.drafts[0], draft]) if (one) one.refuses |= effects.closesCell;
  }

  /** @throws Moved for other content than parts of a table behind such a part */
  addText(token: Token.Token): void {
    this.hasOnlyText ||= this.refuses === undefined;
    this.addOther(token, 'text');
  }

  /** @throws Moved for other content than parts of a table behind such a part, and for a part behind text */
  addTag(token: Token.TagToken, effect: number): void {
    const { tagName } = token;
    if (isMetadata(tagName)) return;
    if ((effect & effects.closesCell) === 0) this.addOther(token, tagName);
    // Text does not decide how a part behind it is read: a value between them would.
    else if (this.hasOnlyText) throw new Moved(token, mixedTemplate('text'));
    else this.decide(effects.hiddenField | (partOf.get(tagName) ?? effects.notTable));
    this.hasOnlyText = false;
  }

  private addOther(token: Token.Token, name: string): void {
    if (this.refuses !== undefined && this.refuses !== effects.closesCell) {
      throw new Moved(token, mixedTemplate(name));
    }
    this.decide(effects.closesCell);
  }

  private decide(refuses: number): void {
    this.refuses ??= refuses;
    for (const draft of this.drafts) draft.refuses |= this.refuses;
  }
}
