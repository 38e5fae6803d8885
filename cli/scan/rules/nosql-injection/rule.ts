/**
 * Finds values of a request that can be objects and are used as a MongoDB filter, or as a part of one, and data of others in
 * the code of `$where`.
 *
 * ## Why
 * A query string such as `?password[$ne]=x`, or a body in JSON, makes an object where the code expects a text. As part of a
 * filter its operators count: `{ $ne: 'x' }` is true for every password. The text of `$where` is JavaScript that runs in the
 * database.
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
 * Where a search language is offered on purpose, parse it into operators of your own list.
 */
import { isFilter, isWhereClause } from '../../rule/flow-place.ts';
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'nosql/injection',
  title: 'Object of others as the filter of a database',
  severity: 'high',
  cwe: [943],
  owasp: 'A05:2025 Injection',
  sinks: ['nosql', 'code', 'mass-assignment'],
  sources: ['remote'],
  message: 'An untrusted object can become part of a database filter',
  advice:
    'Make a string or a number of the value before it is part of a filter, or check the request by a schema. Write no `$where`.',
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
