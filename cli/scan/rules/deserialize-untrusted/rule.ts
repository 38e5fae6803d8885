/**
 * Finds untrusted data that is read with a format which can create any object: `pickle`, `marshal`, `shelve`, `dill`,
 * `joblib`, `jsonpickle`, `torch.load`, `yaml.load` without a safe loader, `node-serialize`, js-yaml with functions.
 *
 * ## Why
 * Such data names the classes to create and the functions to call, so its author runs code while it is being read,
 * before anything can be validated. Only a signature that is verified first shows that the data is your own.
 *
 * ## Bad
 * ```python
 * import pickle
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/cart")
 * def cart():
 *     return {"items": pickle.loads(request.get_data())}
 * ```
 * ```typescript
 * import express from 'express';
 * import serialize from 'node-serialize';
 *
 * const app = express();
 * app.post('/cart', (req, res) => {
 *   res.json(serialize.unserialize(req.body.cart));
 * });
 * ```
 *
 * ## Good
 * ```python
 * import json
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/cart")
 * def cart():
 *     return {"items": json.loads(request.get_data())}
 * ```
 * ```typescript
 * import express from 'express';
 * import { z } from 'zod';
 *
 * const app = express();
 * const Cart = z.object({ items: z.array(z.object({ id: z.number(), count: z.number() })) });
 * app.post('/cart', (req, res) => {
 *   res.json(Cart.parse(JSON.parse(req.body.cart)));
 * });
 * ```
 *
 * ## When not to use it
 * For files that only the application itself writes, in a folder where no one else can write.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'deserialize/untrusted',
  title: 'Deserialisation of untrusted data',
  severity: 'critical',
  cwe: [502],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  sinks: ['deserialize'],
  sources: ['remote'],
  message: 'Untrusted data is deserialised, which can run code',
  advice:
    'Read the data with `JSON.parse`, or YAML with the default schema, and validate the result with a schema (zod, Ajv).',
  pythonAdvice:
    'Read JSON with `json.loads`, or YAML with `yaml.safe_load`, and validate the result (Pydantic, marshmallow, a form).',
} satisfies FlowRule);
