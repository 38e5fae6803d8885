/**
 * `bulwark/sql` beside Sequelize.
 *
 * @module
 */
export { forSequelize, type SequelizeArguments, type SequelizeClient } from './for-sequelize.ts';
