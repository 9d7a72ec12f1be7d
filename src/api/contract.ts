/** The types the API speaks, for its clients in TypeScript; the page imports nothing else of the server. */
export type {
  ApiFailure,
  BuildingElement,
  BuildingSummary,
  BuildingView as Building,
  CallerView as Caller,
  DpeLabelView as DpeLabel,
  LedgerView,
  SavingsView as Savings,
  SignatureView as Signature,
  StockView as Stock,
} from '../app/views.ts';
export type {
  BuildingMeasures,
  Comparison,
  MeasureView,
  ScenarioView as Scenario,
} from '../app/comparison-views.ts';
export type {
  ProgrammeComparison,
  ProgrammeSummary,
  ProgrammeView as Programme,
} from '../app/programme-views.ts';
export type {
  BuildingMeters,
  MeterAnalysis,
  MeterSeriesView as MeterSeries,
  ReadingsPreflight,
} from '../app/meter-views.ts';
export type { AlarmView as Alarm, GapView as Gap, MeterWatchView as MeterWatch } from '../app/gap-views.ts';
export type { BuildingResults } from '../app/building-results-views.ts';
export type { EventView } from '../app/event-views.ts';
export type { DecisionRequest, MeterQuality } from '../app/decision-views.ts';
export type { AddedWeatherView as AddedWeather } from '../app/add-weather-views.ts';
export type { ReadingsAnswer } from '../app/reading-views.ts';
export type {
  FrontView as Front,
  KeptFronts,
  OwnFrontRequest,
  ProgrammeRequest,
} from '../app/programme-views.ts';
export type { RankingView as Ranking } from '../app/ranking-views.ts';
export type { LiveModel, LiveModels } from '../app/live-models-views.ts';
export type { JobView as Job } from '../app/jobs-views.ts';
export type { RatesView as Rates } from '../app/rates-views.ts';
export type { StockLine } from '../app/list-views.ts';
export type { StockMap, StockSummary } from '../app/stock-figure-views.ts';
export type { StockSavings } from '../app/stock-savings-views.ts';
export type { WorksRecord } from '../app/works-views.ts';
export type { SavedScenario } from '../app/scenario-views.ts';
export type {
  CertificateAnswersView as CertificateAnswers,
  ConfirmedView as Confirmed,
  DraftView as Draft,
  PreflightView as Preflight,
  QuestionView as Question,
  SheetView as Sheet,
} from '../app/onboarding-views.ts';
export type { ThermalElementView as ThermalElement, ThermalElements } from '../app/element-views.ts';
export type {
  AuditVerification,
  Installation,
  PersonLink,
  PersonView as Person,
} from '../app/people-views.ts';
export type { AuditLine, KeyView as Key, KeyWithSecret } from '../app/keys-views.ts';
export type {
  AttemptView as Attempt,
  WebhookTest,
  WebhookView as Webhook,
  WebhookWithSecret,
} from '../app/webhooks-views.ts';
export type { Quantity } from '../core/quantity.ts';
