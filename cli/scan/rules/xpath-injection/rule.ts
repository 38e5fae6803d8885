/**
 * Finds XPath expressions that are built from untrusted input.
 *
 * ## Why
 * A quote ends the string literal, and `' or '1'='1` selects every node. XPath has no escape inside a literal.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * from lxml import etree
 *
 * app = Flask(__name__)
 * tree = etree.parse("users.xml")
 *
 * @app.get("/users")
 * def users():
 *     return {"count": len(tree.xpath(f"//user[@name='{request.args['name']}']"))}
 * ```
 * ```typescript
 * import express from 'express';
 * import xpath from 'xpath';
 *
 * const app = express();
 * app.get('/users', (req, res) => {
 *   res.json({ count: xpath.select(`//user[@name='${req.query.name}']`, users).length });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * from lxml import etree
 *
 * app = Flask(__name__)
 * tree = etree.parse("users.xml")
 *
 * @app.get("/users")
 * def users():
 *     return {"count": len(tree.xpath("//user[@name=$name]", name=request.args["name"]))}
 * ```
 * ```typescript
 * import express from 'express';
 * import xpath from 'xpath';
 *
 * const app = express();
 * const byName = xpath.parse('//user[@name=$name]');
 * app.get('/users', (req, res) => {
 *   res.json({ count: byName.select({ node: users, variables: { name: String(req.query.name) } }).length });
 * });
 * ```
 *
 * ## When not to use it
 * In a tool whose users write expressions on purpose, over documents that they may read.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xpath/injection',
  title: 'XPath injection',
  severity: 'high',
  cwe: [643],
  owasp: 'A05:2025 Injection',
  sinks: ['xpath'],
  sources: ['remote', 'browser'],
  message: 'Untrusted input becomes part of an XPath expression',
  advice:
    'Keep the expression constant and pass the value as a variable, or accept only a number or a name from an allow-list.',
  pythonAdvice:
    'Keep the expression constant and pass the value as a variable: `tree.xpath("//user[@id=$id]", id=value)`.',
} satisfies FlowRule);
