export { coreContext, ngsiContext } from './context.ts';
export {
  buildingEntity,
  meterEntity,
  type NgsiBuilding,
  type NgsiEntity,
  type NgsiReading,
  type NgsiShape,
  type NgsiType,
  ngsiTypes,
  readUrn,
  shaped,
  usesOf,
} from './entities.ts';
export { type NgsiCondition, readQuery } from './query.ts';
