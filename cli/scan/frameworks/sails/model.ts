/**
 * Sails 1: actions in their own files, which declare their inputs and have them checked. Documentation:
 * https://sailsjs.com/documentation/concepts/actions-and-controllers
 */
import { scriptFile } from '../../models/conventions.ts';
import type { Models } from '../../models/model.ts';

export const sails: Models = {
  language: 'javascript',
  types: [['sails.Inputs', 'sails.Action', 'Member[fn].Parameter[0]']],
  sources: [['sails.Inputs', '', 'remote']],
  // The action declares the names of its inputs.
  sanitizers: [['sails.Inputs', '', ['mass-assignment']]],
  files: [[`(?:^|/)api/controllers/.+${scriptFile}`, ['='], 'sails.Action', { names: ['fn'], of: 'set' }]],
  traits: [
    ['sails.Action', '', 'found-by-file'],
    ['sails.Inputs', '', 'declares-inputs'],
  ],
};
