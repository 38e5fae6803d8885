/**
 * Finds request bodies that are written to a record as a whole: `Model.create(req.body)`, `Model(**request.json)`,
 * loops of `setattr`. It also finds Django forms and serializers that accept every field of a model, including fields
 * that grant rights.
 *
 * ## Why
 * The form shows three fields, but the request can contain more: `isAdmin`, `ownerId`, `balance`. All of them are
 * stored.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 * from flask_sqlalchemy import SQLAlchemy
 *
 * app = Flask(__name__)
 * db = SQLAlchemy(app)
 *
 * class User(db.Model):
 *     id = db.Column(db.Integer, primary_key=True)
 *     name = db.Column(db.String)
 *     is_admin = db.Column(db.Boolean, default=False)
 *
 * @app.post("/users")
 * def create():
 *     user = User(**request.get_json())
 *     db.session.add(user)
 *     db.session.commit()
 *     return {"id": user.id}
 * ```
 * ```typescript
 * import express from 'express';
 * import mongoose from 'mongoose';
 *
 * const app = express();
 * const User = mongoose.model('User', new mongoose.Schema({ name: String, isAdmin: Boolean }));
 * app.post('/users', async (req, res) => {
 *   const user = await User.create(req.body);
 *   res.json({ id: user.id });
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request
 * from flask_sqlalchemy import SQLAlchemy
 *
 * app = Flask(__name__)
 * db = SQLAlchemy(app)
 *
 * class User(db.Model):
 *     id = db.Column(db.Integer, primary_key=True)
 *     name = db.Column(db.String)
 *     is_admin = db.Column(db.Boolean, default=False)
 *
 * @app.post("/users")
 * def create():
 *     body = request.get_json()
 *     user = User(name=body["name"])
 *     db.session.add(user)
 *     db.session.commit()
 *     return {"id": user.id}
 * ```
 * ```typescript
 * import express from 'express';
 * import mongoose from 'mongoose';
 *
 * const app = express();
 * const User = mongoose.model('User', new mongoose.Schema({ name: String, isAdmin: Boolean }));
 * app.post('/users', async (req, res) => {
 *   const user = await User.create({ name: String(req.body.name) });
 *   res.json({ id: user.id });
 * });
 * ```
 *
 * ## When not to use it
 * Where the client may set every field of the record, and someone reviews each new field with that in mind.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'object/mass-assignment',
  title: 'Mass assignment',
  severity: 'high',
  cwe: [915],
  owasp: 'A08:2025 Software or Data Integrity Failures',
  sinks: ['mass-assignment'],
  sources: ['remote'],
  message: 'Every field of the request is written to a record',
  advice:
    'Name the fields that users may set (`{ name: req.body.name }`), or use a schema that refuses all others. `sql.set` of bulwark/sql takes a list of columns.',
  pythonAdvice: {
    django:
      'Name the fields that users may set: `form.cleaned_data` of a form with `fields = [...]`, not the whole request.',
    fastapi: 'Declare a Pydantic model with the fields that users may set, and `extra="forbid"`.',
    any: 'Name the fields that users may set, or use a schema that refuses all others.',
  },
} satisfies FlowRule);
