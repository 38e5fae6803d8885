/**
 * `bulwark/sql` beside TypeORM.
 *
 * @module
 */
export { forTypeorm, type TypeormArguments, type TypeormDataSource } from './for-typeorm.ts';
