import { FirstSchema1764000000000 } from './1764000000000-first-schema.ts';
import { DecisionsAndRegisters1764100000000 } from './1764100000000-decisions-and-registers.ts';
import { PartitionsMadeOnce1764200000000 } from './1764200000000-partitions-made-once.ts';
import { DerivedMeters1764300000000 } from './1764300000000-derived-meters.ts';
import { StationsInOrder1764310000000 } from './1764310000000-stations-in-order.ts';
import { WorksAndFrozenBaselines1764600000000 } from './1764600000000-works-and-frozen-baselines.ts';
import { NonRoutineEvents1764610000000 } from './1764610000000-non-routine-events.ts';
import { Organisations1764700000000 } from './1764700000000-organisations.ts';
import { RatesOfEachOrganisation1764710000000 } from './1764710000000-rates-of-each-organisation.ts';
import { ListsOfTheStock1764720000000 } from './1764720000000-lists-of-the-stock.ts';
import { KeptAnswers1764721000000 } from './1764721000000-kept-answers.ts';
import { PlainListColumns1764722000000 } from './1764722000000-plain-list-columns.ts';
import { Changes1764730000000 } from './1764730000000-changes.ts';
import { Webhooks1764730100000 } from './1764730100000-webhooks.ts';
import { JobQueue1764730200000 } from './1764730200000-job-queue.ts';
import { KeyScopes1764730300000 } from './1764730300000-key-scopes.ts';
import { RatesOfFamilies1764750000000 } from './1764750000000-rates-of-families.ts';
import { Alarms1764751000000 } from './1764751000000-alarms.ts';
import { JobCheckpoints1764762000000 } from './1764762000000-job-checkpoints.ts';
import { AlarmDecisions1764763000000 } from './1764763000000-alarm-decisions.ts';
import { KeptViews1764764000000 } from './1764764000000-kept-views.ts';
import { OrganisationArchives1764765000000 } from './1764765000000-organisation-archives.ts';
import { SignIns1764765100000 } from './1764765100000-sign-ins.ts';
import { NgsiSubscriptions1764765200000 } from './1764765200000-ngsi-subscriptions.ts';
import { StockFigures1764766000000 } from './1764766000000-stock-figures.ts';
import { Outlines1764767000000 } from './1764767000000-outlines.ts';
import { People1764767100000 } from './1764767100000-people.ts';
import { KeptMeasurements1764772000000 } from './1764772000000-kept-measurements.ts';
import { ProgrammeFronts1764774000000 } from './1764774000000-programme-fronts.ts';
import { AnswersOfMeters1764776000000 } from './1764776000000-answers-of-meters.ts';
import { OpenMeter1764777000000 } from './1764777000000-open-meter.ts';
import { WaitingChanges1764777100000 } from './1764777100000-waiting-changes.ts';
import { LearntDefaults1764778200000 } from './1764778200000-learnt-defaults.ts';
import { ScopeOfWorks1764778300000 } from './1764778300000-scope-of-works.ts';
import { PlannedOnce1764779000000 } from './1764779000000-planned-once.ts';
import { MovedBuildingsOnce1764779100000 } from './1764779100000-moved-buildings-once.ts';
import { JobsByEnd1764779150000 } from './1764779150000-jobs-by-end.ts';

/** Every migration, oldest first. A migration that was released is never edited: the next one changes it. */
export const migrations = [
  FirstSchema1764000000000,
  DecisionsAndRegisters1764100000000,
  PartitionsMadeOnce1764200000000,
  DerivedMeters1764300000000,
  StationsInOrder1764310000000,
  WorksAndFrozenBaselines1764600000000,
  NonRoutineEvents1764610000000,
  Organisations1764700000000,
  RatesOfEachOrganisation1764710000000,
  ListsOfTheStock1764720000000,
  KeptAnswers1764721000000,
  PlainListColumns1764722000000,
  Changes1764730000000,
  Webhooks1764730100000,
  JobQueue1764730200000,
  KeyScopes1764730300000,
  RatesOfFamilies1764750000000,
  Alarms1764751000000,
  JobCheckpoints1764762000000,
  AlarmDecisions1764763000000,
  KeptViews1764764000000,
  OrganisationArchives1764765000000,
  SignIns1764765100000,
  NgsiSubscriptions1764765200000,
  StockFigures1764766000000,
  Outlines1764767000000,
  People1764767100000,
  KeptMeasurements1764772000000,
  ProgrammeFronts1764774000000,
  AnswersOfMeters1764776000000,
  OpenMeter1764777000000,
  WaitingChanges1764777100000,
  LearntDefaults1764778200000,
  ScopeOfWorks1764778300000,
  PlannedOnce1764779000000,
  MovedBuildingsOnce1764779100000,
  JobsByEnd1764779150000,
];

/** The instant in the name of the last migration: a later program has a greater one. */
export const schemaInstant = Number(/\d+$/.exec(migrations.at(-1)?.name ?? '')?.[0]);
