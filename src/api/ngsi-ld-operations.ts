import { z } from 'zod';
import {
  entitiesQuerySchema,
  entityQuerySchema,
  entitySchema,
  subscriptionRequestSchema,
  subscriptionSchema,
} from '../app/ngsi-ld/views.ts';
import type { Operation } from './openapi.ts';

const linked = ['application/ld+json'] as const;

/** The stock as a context broker tells it (ETSI GS CIM 009): docs/ngsi-ld.md. */
export const ngsiOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/ngsi-ld/v1/entities',
    summary: 'Buildings and meters with their last reading as NGSI-LD entities of the Smart Data Models',
    query: entitiesQuerySchema,
    answer: z.array(entitySchema),
    alsoAs: linked,
  },
  {
    method: 'get',
    path: '/ngsi-ld/v1/entities/{id}',
    summary: 'One entity, by its name',
    query: entityQuerySchema,
    answer: entitySchema,
    alsoAs: linked,
  },
  {
    method: 'get',
    path: '/ngsi-ld/v1/subscriptions',
    allow: 'administer',
    summary: 'The NGSI-LD subscriptions',
    query: z.object({}),
    answer: z.array(subscriptionSchema),
    alsoAs: linked,
  },
  {
    method: 'post',
    path: '/ngsi-ld/v1/subscriptions',
    allow: 'administer',
    summary:
      'Subscribes: notifications ride on the deliveries of changes; 201 with the address of the subscription',
    body: subscriptionRequestSchema,
    status: 201,
    answer: subscriptionSchema,
  },
  {
    method: 'get',
    path: '/ngsi-ld/v1/subscriptions/{id}',
    allow: 'administer',
    summary: 'One subscription, and how its notifications go',
    query: z.object({}),
    answer: subscriptionSchema,
    alsoAs: linked,
  },
  {
    method: 'delete',
    path: '/ngsi-ld/v1/subscriptions/{id}',
    allow: 'administer',
    summary: 'Ends a subscription',
    status: 204,
    answer: z.undefined(),
  },
];
