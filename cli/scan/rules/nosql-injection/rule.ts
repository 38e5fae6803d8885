/**
 * Finds untrusted values that can be objects and become a MongoDB filter, or part of one, and untrusted input in the
 * code of `$where`.
 *
 * ## Why
 * A query string such as `?password[$ne]=x`, or a JSON body, yields an object where the code expects a string. In a
 * filter its operators take effect: `{ $ne: 'x' }` is true for every other password. MongoDB runs the text of `$where`
 * as JavaScript.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * from pymongo import MongoClient
 *
 * app = Flask(__name__)
 * users = MongoClient().shop.users
 *
 * @app.post("/login")
 * def login():
 *     body = request.get_json()
 *     user = users.find_one({"name": body["name"], "password": body["password"]})
 *     return {"found": user is not None}
 * ```
 * ```typescript
 * import express from 'express';
 * import { MongoClient } from 'mongodb';
 *
 * const app = express();
 * const users = new MongoClient('mongodb://localhost').db('shop').collection('users');
 * app.post('/login', async (req, res) => {
 *   const user = await users.findOne({ name: req.body.name, token: req.body.token });
 *   res.json({ found: user !== null });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * from pymongo import MongoClient
 *
 * app = Flask(__name__)
 * users = MongoClient().shop.users
 *
 * @app.post("/login")
 * def login():
 *     body = request.get_json()
 *     user = users.find_one({"name": str(body["name"]), "token": str(body["token"])})
 *     return {"found": user is not None}
 * ```
 * ```typescript
 * import express from 'express';
 * import { MongoClient } from 'mongodb';
 *
 * const app = express();
 * const users = new MongoClient('mongodb://localhost').db('shop').collection('users');
 * app.post('/login', async (req, res) => {
 *   const user = await users.findOne({ name: String(req.body.name), token: String(req.body.token) });
 *   res.json({ found: user !== null });
 * });
 * ```
 *
 * ## When not to use it
 * Where you offer a query language on purpose. Parse it into operators from an allow-list.
 */
import { isFilter, isWhereClause } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'nosql/injection',
  title: 'NoSQL injection',
  severity: 'high',
  cwe: [943],
  owasp: 'A05:2025 Injection',
  sinks: ['nosql', 'code', 'mass-assignment'],
  sources: ['remote'],
  message: 'An untrusted object can become part of a database filter',
  advice:
    'Convert the value first (`String(value)`, `Number(value)`), or validate the request with a schema. Do not use `$where`.',
  pythonAdvice:
    'Convert the value first (`str(value)`, `ObjectId(value)`), or validate the request with a schema. Do not use `$where`.',
  isOwn: (flow) =>
    flow.kind === 'mass-assignment' ? isFilter(flow) : flow.kind !== 'code' || isWhereClause(flow),
  words: (flow) =>
    isFilter(flow)
      ? {
          message: 'Untrusted input chooses the fields and lookups of a database filter',
          advice:
            'Name the fields that may be filtered: `filter(name=request.GET["name"])`, or copy the allowed names into a new dict (django-filter does both).',
        }
      : undefined,
} satisfies FlowRule);
