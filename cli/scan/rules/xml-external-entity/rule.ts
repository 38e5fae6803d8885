/**
 * Finds untrusted XML that is read by a parser which resolves entities, or which lets the document's own entities
 * expand without limit: `noent`, `huge`, `resolve_entities`, `huge_tree`, node-expat.
 *
 * ## Why
 * An entity can name a file or a URL. The parser reads it and puts it into the document, and often into the response.
 * Nested entities expand without limit.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * from lxml import etree
 *
 * app = Flask(__name__)
 *
 * @app.post("/feed")
 * def feed():
 *     parser = etree.XMLParser(resolve_entities=True)
 *     return {"title": etree.fromstring(request.get_data(), parser).findtext("title")}
 * ```
 * ```typescript
 * import express from 'express';
 * import libxmljs from 'libxmljs2';
 *
 * const app = express();
 * app.post('/feed', (req, res) => {
 *   const feed = libxmljs.parseXml(req.body, { noent: true });
 *   res.json({ title: feed.root()?.name() });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * from lxml import etree
 *
 * app = Flask(__name__)
 *
 * @app.post("/feed")
 * def feed():
 *     parser = etree.XMLParser(resolve_entities=False, no_network=True)
 *     return {"title": etree.fromstring(request.get_data(), parser).findtext("title")}
 * ```
 * ```typescript
 * import express from 'express';
 * import libxmljs from 'libxmljs2';
 *
 * const app = express();
 * app.post('/feed', (req, res) => {
 *   const feed = libxmljs.parseXml(req.body, { noent: false, nonet: true });
 *   res.json({ title: feed.root()?.name() });
 * });
 * ```
 *
 * ## When not to use it
 * For documents that come with the application.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'xml/external-entity',
  title: 'XML external entity (XXE) injection',
  severity: 'high',
  cwe: [611, 776],
  owasp: 'A02:2025 Security Misconfiguration',
  sinks: ['xxe'],
  sources: ['remote'],
  message: 'Untrusted XML is read by a parser that resolves entities',
  advice: 'Remove `noent` and `huge` from the parser options, or use a parser that does not expand entities.',
  pythonAdvice:
    'Parse it with `defusedxml`, or turn entities off: `etree.XMLParser(resolve_entities=False, no_network=True)`.',
} satisfies FlowRule);
