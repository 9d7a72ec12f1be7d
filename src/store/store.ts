import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { type BackupCount, backupDatabase, restoreDatabase } from './backup.ts';
import { type EmbeddedServer, openEmbedded } from './embedded/index.ts';
import { giveBackRoom } from './give-back-room.ts';
import {
  BuildingEntity,
  EnvelopeEntity,
  OutlineEntity,
  ScenarioEntity,
  TwinEntity,
} from './entities/buildings.ts';
import { ModelEntity, ProgrammeEntity, RateEntity, SavingsEntity, WorksEntity } from './entities/loop.ts';
import {
  ImportEntity,
  MeterEntity,
  ReadingDecisionEntity,
  ReadingEntity,
  StationEntity,
} from './entities/meters.ts';
import { AuditEntity, JobEntity, LedgerEntity } from './entities/records.ts';
import { isRetryable, StoreError, storeError } from './errors.ts';
import { identityStore, type Identities } from './identities.ts';
import { applicationRole } from './migrations/1764700000000-organisations.ts';
import { migrations } from './migrations/index.ts';
import { type ReadingRepository, readingRepository } from './readings.ts';
import { type RegisterRepository, registerRepository } from './registers.ts';
import { type ArchiveRepository, archiveRepository } from './archive/repository.ts';
import { type AnswerRepository, answerRepository } from './repositories/answers.ts';
import { type AuditRepository, auditRepository } from './repositories/audit.ts';
import {
  type BuildingRepository,
  buildingRepository,
  type DocumentRepository,
  documentRepository,
  type TwinRepository,
  twinRepository,
} from './repositories/buildings.ts';
import { type ChangeRepository, changeRepository } from './repositories/changes.ts';
import { type DerivationRepository, derivationRepository } from './repositories/derivations.ts';
import { type DecisionRepository, decisionRepository } from './repositories/decisions.ts';
import { type AlarmRepository, alarmRepository } from './repositories/alarms.ts';
import {
  type KeptMeasurementRepository,
  keptMeasurementRepository,
} from './repositories/kept-measurements.ts';
import { type KeptViewRepository, keptViewRepository } from './repositories/kept-views.ts';
import { type EventRepository, eventRepository } from './repositories/events.ts';
import { type JobRepository, jobRepository } from './repositories/jobs.ts';
import { type LedgerRepository, ledgerRepository } from './repositories/ledger.ts';
import {
  type ImportRepository,
  importRepository,
  type MeterRepository,
  meterRepository,
} from './repositories/meters.ts';
import { type ModelRepository, modelRepository } from './repositories/models.ts';
import {
  type ProgrammeRepository,
  programmeRepository,
  type RateRepository,
  rateRepository,
} from './repositories/programmes.ts';
import { type LearntDefaultRepository, learntDefaultRepository } from './repositories/learnt-defaults.ts';
import { type WeatherRepository, weatherRepository } from './repositories/weather.ts';
import { type WebhookRepository, webhookRepository } from './repositories/webhooks.ts';
import { type StockFigureRepository, stockFigureRepository } from './repositories/stock-figures.ts';
import {
  type SavingsRepository,
  savingsRepository,
  type WorksRepository,
  worksRepository,
} from './repositories/works.ts';
import { translated, translating } from './translate.ts';

export type Repositories = {
  readonly buildings: BuildingRepository;
  readonly twins: TwinRepository;
  readonly stockFigures: StockFigureRepository;
  readonly envelopes: DocumentRepository;
  readonly outlines: DocumentRepository;
  readonly scenarios: DocumentRepository;
  readonly meters: MeterRepository;
  readonly imports: ImportRepository;
  readonly readings: ReadingRepository;
  readonly registers: RegisterRepository;
  readonly decisions: DecisionRepository;
  readonly derivations: DerivationRepository;
  readonly weather: WeatherRepository;
  readonly models: ModelRepository;
  readonly works: WorksRepository;
  readonly savings: SavingsRepository;
  readonly alarms: AlarmRepository;
  readonly events: EventRepository;
  readonly programmes: ProgrammeRepository;
  readonly rates: RateRepository;
  readonly learntDefaults: LearntDefaultRepository;
  readonly ledger: LedgerRepository;
  readonly audit: AuditRepository;
  readonly jobs: JobRepository;
  readonly changes: ChangeRepository;
  readonly webhooks: WebhookRepository;
  readonly answers: AnswerRepository;
  readonly keptViews: KeptViewRepository;
  readonly keptMeasurements: KeptMeasurementRepository;
  readonly archive: ArchiveRepository;
};

export type Store = Repositories & {
  /** The organisation whose rows this store sees; the database shows it no others. */
  readonly organisationId: number;
  /** The same database as another organisation sees it, on connections of its own that no other organisation uses. */
  forOrganisation(organisationId: number): Promise<Store>;
  /** Organisations, keys and sessions: what says who may enter. */
  readonly identities: Identities;
  /** True of the store that `within` gives: what is locked in a transaction of it stays so until that one ends. */
  readonly isWithin: boolean;
  /** Runs `work` with repositories of one transaction: all of it is kept, or, when it throws, nothing. */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  /**
   * Runs `work` with the whole store in one transaction: all of it is kept, or, when it throws, nothing. Transactions inside are
   * savepoints of it.
   */
  within<T>(work: (store: Store) => Promise<T>): Promise<T>;
  /** Reads the organisation as of one instant, while others go on writing. */
  snapshot<T>(read: (repositories: Repositories) => Promise<T>): Promise<T>;
  /** True when the database answers. */
  ping(): Promise<boolean>;
  /** Connections of all organisations: held, of those not in use, and calls that wait for one. */
  connections(): Promise<{ readonly total: number; readonly idle: number; readonly waiting: number }>;
  /**
   * Writes the tables anew without the rows that were erased or replaced, whose bytes otherwise stay in the files
   * until something else needs the room. Each table is closed to others meanwhile: for the night, after an erasure.
   */
  reclaim(): Promise<void>;
  /** Writes all that the database holds, of every organisation, into a stream; gives the rows by table. */
  backup(into: Writable): Promise<BackupCount>;
  /** Brings a backup into this database, which must be empty. Throws `restore-not-empty`, `backup-*`. */
  restore(from: Readable): Promise<BackupCount>;
  close(): Promise<void>;
};

export type StoreOptions = {
  /** Any PostgreSQL 15 or later; without it the embedded one is opened in `dataDir`. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  /** Most connections held at once (10). */
  readonly connections?: number;
};

const entities = [
  BuildingEntity,
  TwinEntity,
  EnvelopeEntity,
  OutlineEntity,
  ScenarioEntity,
  MeterEntity,
  ReadingEntity,
  ReadingDecisionEntity,
  ImportEntity,
  StationEntity,
  ModelEntity,
  WorksEntity,
  SavingsEntity,
  ProgrammeEntity,
  RateEntity,
  LedgerEntity,
  AuditEntity,
  JobEntity,
];

/** Any number that is the same for all our processes: they migrate one after the other. */
const migrationLock = 7_384_621;

const repositoriesOf = (manager: EntityManager): Repositories => ({
  buildings: translating(buildingRepository(manager)),
  twins: translating(twinRepository(manager)),
  stockFigures: translating(stockFigureRepository(manager)),
  envelopes: translating(documentRepository(manager, EnvelopeEntity)),
  outlines: translating(documentRepository(manager, OutlineEntity)),
  scenarios: translating(documentRepository(manager, ScenarioEntity)),
  meters: translating(meterRepository(manager)),
  imports: translating(importRepository(manager)),
  readings: translating(readingRepository(manager)),
  registers: translating(registerRepository(manager)),
  decisions: translating(decisionRepository(manager)),
  derivations: translating(derivationRepository(manager)),
  weather: translating(weatherRepository(manager)),
  models: translating(modelRepository(manager)),
  works: translating(worksRepository(manager)),
  savings: translating(savingsRepository(manager)),
  alarms: translating(alarmRepository(manager)),
  events: translating(eventRepository(manager)),
  programmes: translating(programmeRepository(manager)),
  rates: translating(rateRepository(manager)),
  learntDefaults: translating(learntDefaultRepository(manager)),
  ledger: translating(ledgerRepository(manager)),
  audit: translating(auditRepository(manager)),
  jobs: translating(jobRepository(manager)),
  changes: translating(changeRepository(manager)),
  webhooks: translating(webhookRepository(manager)),
  answers: translating(answerRepository(manager)),
  keptViews: translating(keptViewRepository(manager)),
  keptMeasurements: translating(keptMeasurementRepository(manager)),
  archive: translating(archiveRepository(manager)),
});

/** Brings the schema up to date under a lock that other openers wait for, and refuses one from a later program. */
const migrate = async (source: DataSource, url: string): Promise<void> => {
  const guard = new pg.Client({ connectionString: url });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations({ transaction: 'all' });
    await guard.query('select isolate_tables()');
    const applied = await guard.query<{ name: string }>('select name from migrations');
    const known = new Set(migrations.map((migration) => migration.name));
    const unknown = applied.rows.find((row) => !known.has(row.name));
    if (unknown === undefined) return;
    throw storeError(
      'database-newer',
      `Cette base a été ouverte par une version plus récente du programme (migration ${unknown.name}). Mettre le programme à jour.`,
      `This database was opened by a later version of the program (migration ${unknown.name}). Update the program.`,
    );
  } finally {
    await guard.end();
  }
};

/** The server's address without its password, for messages. */
const shown = (url: string): string => {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
};

/** A server may be set to write dates another way than the driver reads them. */
const sessionOptions = '-c DateStyle=ISO -c TimeZone=UTC';

const dataSource = (url: string, connections: number, settings: readonly string[] = []): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: 'stacoptim',
    poolErrorHandler: () => undefined,
    extra: { max: connections, options: [sessionOptions, ...settings].join(' ') },
  });

/** The setting that puts a session under the row policies: our account may be one that sees past them. */
const roleSetting = async (source: DataSource): Promise<readonly string[]> => {
  const [role] = await source.query<{ bypasses: boolean; member: boolean }[]>(
    `select r.rolsuper or r.rolbypassrls as bypasses,
       coalesce((select pg_has_role(app.oid, 'member') from pg_roles app where app.rolname = $1), false) as member
     from pg_roles r where r.rolname = current_user`,
    [applicationRole],
  );
  if (role === undefined || !role.bypasses) return [];
  if (role.member) return [`-c role=${applicationRole}`];
  throw storeError(
    'database-role',
    `Le compte de DATABASE_URL voit les lignes de toutes les organisations (BYPASSRLS). Lui retirer ce droit, ou le rendre membre du rôle ${applicationRole}.`,
    `The account of DATABASE_URL sees the rows of every organisation (BYPASSRLS). Take that right away, or make it a member of the role ${applicationRole}.`,
  );
};

/** Brings the schema up to date; gives the function that opens the connections of one organisation. */
const prepare = async (
  url: string,
  connections: number,
): Promise<(organisationId: number) => Promise<DataSource>> => {
  if (!/^postgres(ql)?:/.test(url))
    throw storeError(
      'database-not-opened',
      'DATABASE_URL attend une adresse postgres://….',
      'DATABASE_URL takes an address postgres://….',
    );
  const source = dataSource(url, 2);
  try {
    await source.initialize();
    await migrate(source, url);
    const role = await roleSetting(source);
    await source.destroy();
    return (organisationId) =>
      dataSource(url, connections, [...role, `-c stacoptim.organisation=${organisationId}`]).initialize();
  } catch (cause) {
    if (source.isInitialized) await source.destroy();
    if (cause instanceof StoreError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw storeError(
      'database-not-opened',
      `La base ${shown(url)} n'a pas pu être ouverte : ${reason}. Vérifier DATABASE_URL et que le serveur répond.`,
      `The database ${shown(url)} could not be opened: ${reason}. Check DATABASE_URL and that the server answers.`,
      { cause, retryable: isRetryable(cause) },
    );
  }
};

/** pg's pool under a data source, which TypeORM's types do not tell. */
const poolOf = ({ driver }: DataSource): pg.Pool =>
  (driver as unknown as { readonly master: pg.Pool }).master;

/** The organisation of the command line and of the demo; the first migration makes it. */
const localOrganisation = 1;

/** What the program itself sees: who may enter, and no building. */
const programScope = 0;

/**
 * Opens the store on `databaseUrl`, else on the embedded PostgreSQL of `dataDir`, and brings its schema up to
 * date. Throws a StoreError (`database-*`, `embedded-*`).
 */
export const openStore = async (options: StoreOptions): Promise<Store> => {
  const embedded: EmbeddedServer | undefined =
    options.databaseUrl === undefined || options.databaseUrl === ''
      ? await openEmbedded(options.dataDir)
      : undefined;
  const url = embedded?.url ?? options.databaseUrl ?? '';
  const opened = new Map<number, Promise<DataSource>>();
  const closeAll = async (): Promise<void> => {
    for (const source of await Promise.all(opened.values())) if (source.isInitialized) await source.destroy();
    opened.clear();
    await embedded?.stop();
  };
  let open: (organisationId: number) => Promise<DataSource>;
  try {
    open = await prepare(url, options.connections ?? 10);
    const sourceOf = (organisationId: number): Promise<DataSource> => {
      const known = opened.get(organisationId);
      if (known !== undefined) return known;
      const source = open(organisationId);
      opened.set(organisationId, source);
      source.catch(() => opened.delete(organisationId));
      return source;
    };
    const identities = identityStore((await sourceOf(programScope)).manager);
    const storeOf = async (organisationId: number): Promise<Store> => {
      const source = await translated(sourceOf(organisationId));
      const storeOn = (within: EntityManager): Store => ({
        ...repositoriesOf(within),
        organisationId,
        identities,
        forOrganisation: storeOf,
        isWithin: within !== source.manager,
        transaction: (work) => translated(within.transaction((manager) => work(repositoriesOf(manager)))),
        within: (work) => translated(within.transaction((manager) => work(storeOn(manager)))),
        snapshot: (read) =>
          translated(
            within.transaction('REPEATABLE READ', async (manager) => {
              await manager.query('set transaction read only');
              return read(repositoriesOf(manager));
            }),
          ),
        ping: async () => {
          const answer = source.query('select 1').then(
            () => true,
            () => false,
          );
          return Promise.race([answer, sleep(2000, false, { ref: false })]);
        },
        connections: async () => {
          const pools = (await Promise.all(opened.values())).map(poolOf);
          const sum = (of: (pool: pg.Pool) => number): number =>
            pools.reduce((all, pool) => all + of(pool), 0);
          return {
            total: sum(({ totalCount }) => totalCount),
            idle: sum(({ idleCount }) => idleCount),
            waiting: sum(({ waitingCount }) => waitingCount),
          };
        },
        reclaim: () => translated(giveBackRoom(url)),
        backup: (into) => translated(backupDatabase(url, into)),
        restore: (from) => translated(restoreDatabase(url, from)),
        close: closeAll,
      });
      return storeOn(source.manager);
    };
    return await storeOf(localOrganisation);
  } catch (error) {
    await closeAll();
    throw error;
  }
};
