/**
 * The driver mongodb 4 to 7, mongoose 6 to 9, monk, mongoist; redis 4 and 5, ioredis 5. Documentation:
 * https://mongoosejs.com/docs/api/model.html
 */
import type { Models } from '../../../models/model.ts';

/** Methods of a collection whose first argument is a filter. */
const filters =
  'find,findOne,findOneAndDelete,findOneAndReplace,findOneAndUpdate,findOneAndRemove,findAndModify,count,countDocuments,deleteMany,deleteOne,replaceOne,updateMany,updateOne,update,remove,exists,where';

export const mongodb: Models = {
  language: 'javascript',
  types: [
    ['mongodb.Client', 'mongodb', 'Member[MongoClient].Instance'],
    ['mongodb.Client', 'mongodb', 'Member[MongoClient].Member[connect].ReturnValue'],
    ['mongodb.Client', 'mongodb', 'Member[MongoClient].Member[connect].Argument[1,2].Parameter[1]'],
    ['mongodb.Client', 'mongodb.Client', 'Member[connect].ReturnValue'],
    ['mongodb.Database', 'mongodb.Client', 'Member[db].ReturnValue'],
    ['mongodb.Database', 'mongodb', 'Member[Db].Instance'],
    ['mongodb.Collection', 'mongodb.Database', 'Member[collection].ReturnValue'],
    ['mongodb.Collection', 'mongodb.Database', 'Member[collection].Argument[1].Parameter[1]'],
    ['mongodb.Collection', 'mongodb', 'Member[Collection].Instance'],
    ['mongodb.Collection', 'mongoose', 'Member[connection].Member[collection].ReturnValue'],
    ['mongodb.Collection', 'mongoose', 'Member[connection].Member[db].Member[collection].ReturnValue'],
    ['mongodb.Collection', 'mongoose.Model', 'Member[collection]'],
    ['mongodb.Collection', 'monk', 'ReturnValue.Member[get].ReturnValue'],
    ['mongodb.Collection', 'mongoist', 'ReturnValue.AnyMember'],
    ['mongodb.Collection', 'mongojs', 'ReturnValue.AnyMember'],
    ['mongodb.Collection', 'mongojs', 'ReturnValue.Member[collection].ReturnValue'],
    ['mongoose.Model', 'mongoose', 'Member[model].ReturnValue'],
    ['mongoose.Model', 'mongoose', 'Member[createConnection].ReturnValue.Member[model].ReturnValue'],
    ['mongoose.Model', 'mongoose', 'Member[connection].Member[model].ReturnValue'],
    ['mongoose.Model', 'mongoose', 'Member[Model]'],
    ['mongoose.Model', 'mongoose', 'Member[models].AnyMember'],
    ['mongoose.Model', 'mongoose', 'Member[Model].Instance'],
    ['mongoose.SchemaMaker', 'mongoose', 'Member[Schema]'],
    ['mongoose.SchemaMaker', '@nestjs/mongoose', 'Member[SchemaFactory].Member[createForClass]'],
    ['mongoose.Model', 'mongoose.Model', 'Member[discriminator].ReturnValue'],
    ['mongoose.Model', '@nestjs/mongoose', 'Member[InjectModel].ReturnValue.Argument[0]'],
    [
      'mongoose.Query',
      'mongoose.Model',
      `Member[${filters},findById,findByIdAndUpdate,findByIdAndDelete].ReturnValue`,
    ],
    [
      'mongoose.Query',
      'mongoose.Query',
      'Member[and,or,nor,where,equals,regex,sort,limit,skip,select,populate,lean,exec,find,findOne].ReturnValue',
    ],
    ['redis.Client', 'redis', 'Member[createClient,createCluster].ReturnValue'],
    ['redis.Client', 'ioredis', 'Instance'],
    ['redis.Client', 'ioredis', 'Member[Redis,Cluster].Instance'],
  ],
  sources: [
    ['mongodb.Collection', 'Member[findOne,findOneAndUpdate,distinct].ReturnValue', 'stored'],
    ['mongodb.Collection', 'Member[find,aggregate].ReturnValue.Member[toArray,next].ReturnValue', 'stored'],
    [
      'mongodb.Collection',
      'Member[find].ReturnValue.Member[sort,limit,skip,project].ReturnValue.Member[toArray].ReturnValue',
      'stored',
    ],
    ['mongodb.Collection', 'Member[find].ReturnValue.Member[toArray].Argument[0].Parameter[1]', 'stored'],
    // `for await (const record of collection.find())`
    ['mongodb.Collection', 'Member[find,aggregate].ReturnValue.Member[__element__]', 'stored'],
    [
      'mongodb.Collection',
      'Member[find].ReturnValue.Member[sort,limit,skip,project,batchSize].ReturnValue.Member[__element__]',
      'stored',
    ],
    ['mongodb.Collection', 'Member[findOne].Argument[1,2].Parameter[1]', 'stored'],
    [
      'mongoose.Model',
      'Member[find,findOne,findById,findOneAndUpdate,findByIdAndUpdate,aggregate].ReturnValue',
      'stored',
    ],
    ['mongoose.Model', 'Member[find,findOne,findById].Argument[1,2,3].Parameter[1]', 'stored'],
    ['mongoose.Query', 'Member[exec,lean,sort,limit,populate,select].ReturnValue', 'stored'],
    ['mongoose.Query', 'Member[exec].Argument[0].Parameter[1]', 'stored'],
  ],
  sinks: [
    ...['mongodb.Collection', 'mongoose.Model'].flatMap((type) => [
      [type, `Member[${filters}].Argument[0]`, 'nosql'] as const,
      [type, `Member[${filters}].Argument[0].AnyMember`, 'nosql'] as const,
      [type, `Member[${filters}].Argument[0].Member[$or,$and,$nor].AnyMember`, 'nosql'] as const,
      [type, `Member[${filters}].Argument[0].Member[$or,$and,$nor].AnyMember.AnyMember`, 'nosql'] as const,
      [type, 'Member[distinct].Argument[1]', 'nosql'] as const,
      [type, 'Member[distinct].Argument[1].AnyMember', 'nosql'] as const,
      [type, 'Member[aggregate].Argument[0]', 'nosql'] as const,
      [type, 'Member[aggregate].Argument[0].AnyMember', 'nosql'] as const,
      [type, 'Member[aggregate].Argument[0].AnyMember.Member[$match]', 'nosql'] as const,
      [type, 'Member[aggregate].Argument[0].AnyMember.Member[$match].AnyMember', 'nosql'] as const,
      [type, `Member[${filters}].Argument[0].Member[$where]`, 'code'] as const,
      [type, 'Member[mapReduce].Argument[0,1]', 'code'] as const,
      [
        type,
        'Member[updateOne,updateMany,findOneAndUpdate,update].Argument[1].Member[$set]',
        'mass-assignment',
      ] as const,
      [type, 'Member[replaceOne,findOneAndReplace].Argument[1]', 'mass-assignment'] as const,
      [type, 'Member[insertOne,insertMany,insert].Argument[0]', 'mass-assignment'] as const,
    ]),
    ['mongoose.Query', 'Member[and,or,nor,find,findOne,where].Argument[0]', 'nosql'],
    ['mongoose.Query', 'Member[where].Argument[0].AnyMember', 'nosql'],
    ['mongoose.Query', 'Member[regex].Argument[0,1]', 'regex'],
    ['mongodb', 'Member[BSONRegExp].Argument[0]', 'regex'],
    ['bson', 'Member[BSONRegExp].Argument[0]', 'regex'],
    ['mongoose.Query', 'Member[$where].Argument[0]', 'code'],
    ['mongoose.Model', 'Member[$where].Argument[0]', 'code'],
    ['mongoose.Model', 'Argument[0]', 'mass-assignment'],
    ['mongoose.Model', 'Member[create].Argument[0]', 'mass-assignment'],
    [
      'mongoose.Model',
      'Member[findByIdAndUpdate,findOneAndUpdate,updateOne,updateMany,update].Argument[1]',
      'mass-assignment',
    ],
    ['mongoose.Model', 'Member[findByIdAndUpdate].Argument[1].Member[$set]', 'mass-assignment'],
    ['mongodb.Database', 'Member[command].Argument[0]', 'nosql'],
    ['mongodb.Database', 'Member[eval].Argument[0]', 'code'],
    ['redis.Client', 'Member[eval].Argument[0]', 'code'],
  ],
  sanitizers: [
    ['mongo-sanitize', 'ReturnValue', ['nosql']],
    ['express-mongo-sanitize', 'Member[sanitize].ReturnValue', ['nosql']],
    ['mongoose', 'Member[Types].Member[ObjectId].ReturnValue', ['nosql']],
    ['mongoose', 'Member[Types].Member[ObjectId].Instance', ['nosql']],
    ['mongodb', 'Member[ObjectId,ObjectID].Instance', ['nosql']],
    ['mongodb', 'Member[ObjectId,ObjectID].ReturnValue', ['nosql']],
    ['mongodb', 'Member[ObjectId].Member[createFromHexString].ReturnValue', ['nosql']],
  ],
  guesses: [
    ['mongodb.Database', ['db', 'mongoDb']],
    ['mongoose.Model', ['.findByIdAndUpdate', '.findByIdAndDelete']],
  ],
  guards: [
    // Any string of twelve letters is a valid id, but no object is.
    ['mongoose', 'Member[isValidObjectId].Argument[0]', ['nosql']],
    ['mongoose', 'Member[Types].Member[ObjectId].Member[isValid].Argument[0]', ['nosql']],
    ['mongodb', 'Member[ObjectId].Member[isValid].Argument[0]', ['nosql']],
  ],
};
