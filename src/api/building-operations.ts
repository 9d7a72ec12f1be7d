import { identityRequestSchema, pushAnswerSchema, pushBuildingsSchema } from '../app/create-buildings.ts';
import { deleteBuildingSchema, deletedBuildingSchema } from '../app/delete-building.ts';
import { buildingList, listedBuildingSchema } from '../app/list-views.ts';
import { list } from './list-operation.ts';
import type { Operation } from './openapi.ts';
import { signed } from './permissions.ts';

/** The buildings of the stock as an asset-management system knows them. */
export const buildingOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/buildings',
    summary: 'The buildings of the stock, with their identifiers and the figures kept of them',
    ...list(buildingList),
  },
  {
    method: 'post',
    path: '/v1/buildings',
    background: 'request',
    summary:
      'Adds up to 500 buildings, each with its own result; those that are there already are left as they are',
    body: pushBuildingsSchema,
    answer: pushAnswerSchema,
  },
  {
    method: 'get',
    path: '/v1/buildings/{id}/identity',
    summary: 'What a building is called and known by',
    answer: listedBuildingSchema,
  },
  {
    method: 'patch',
    path: '/v1/buildings/{id}/identity',
    summary: 'Changes what a building is called and known by; what is left out stays',
    body: identityRequestSchema,
    answer: listedBuildingSchema,
  },
  {
    method: 'delete',
    path: '/v1/buildings/{id}',
    // Every building has an identity, a twin or not.
    guards: '/v1/buildings/{id}/identity',
    allow: 'decide',
    summary:
      'Deletes a building with everything held of it; one with works or frozen baselines only if that is said',
    body: signed(deleteBuildingSchema),
    answer: deletedBuildingSchema,
  },
];
