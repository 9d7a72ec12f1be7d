import type { ListedBuilding } from '#store/index.ts';
import { ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import type { ListedBuildingView, StockLine } from './list-views.ts';
import { type Listed, listed, type ListRequest, withFilter } from './listing.ts';
import type { Role } from './privacy.ts';
import type { MeterView } from './meter-record.ts';
import { departmentOf } from './place.ts';
import { keptFigures } from './stock-figures.ts';
import { siteOf } from './weather-station.ts';

/** A building as lists show it: null where a fact is not known. */
export const listedView = ({
  id,
  name,
  use,
  commune,
  facts,
  constructionYear,
  simulated,
  identifiers,
  floorAreaM2,
  heatLossWK,
}: ListedBuilding): ListedBuildingView => ({
  id,
  name,
  use,
  commune: commune ?? null,
  department: departmentOf({ facts }) ?? null,
  constructionYear: constructionYear ?? null,
  data: simulated ? 'simulated' : 'metered',
  identifiers: {
    own: [...identifiers.own],
    rnb: [...identifiers.rnb],
    bdnb: [...identifiers.bdnb],
    cadastre: [...identifiers.cadastre],
  },
  floorAreaM2: floorAreaM2 ?? null,
  heatLossWK: heatLossWK ?? null,
});

/** A line of the stock: the building, where it stands, and the figures kept of it. */
export const stockLine = (building: ListedBuilding): StockLine => {
  const site = siteOf(building);
  const kept = keptFigures(building);
  return {
    ...listedView(building),
    place: site === undefined ? null : { latitudeDeg: site.latitudeDeg, longitudeDeg: site.longitudeDeg },
    carrier: kept?.carrier ?? null,
    annualKwh: kept?.annualKwh ?? null,
    annualEur: kept?.annualEur ?? null,
    annualKgCo2e: kept?.annualKgCo2e ?? null,
    intensityKwhM2: kept?.intensityKwhM2 ?? null,
    label: kept?.label ?? null,
    legalUntil: kept?.legalUntil ?? null,
    legal: kept?.legal ?? null,
    urgency: kept?.urgency ?? 'unknown',
    dataCoverage: kept?.dataCoverage ?? null,
    computedDay:
      kept === undefined || building.figures === undefined
        ? null
        : new Date(building.figures.computedMs).toISOString().slice(0, 10),
  };
};

/** Buildings of the stock, with or without a twin, without fitting anything. Never fails. */
export const listBuildings = async (
  { store }: AppContext,
  request: ListRequest,
): Promise<Result<Listed<StockLine>>> => {
  const page = await store.buildings.page(request.query);
  return ok(listed(request, page.items.map(stockLine), page));
};

/** Meters of the stock; those of dwellings for the controller of the data alone (promise P7). Never fails. */
export const listMeters = async (
  { store }: AppContext,
  role: Role,
  request: ListRequest,
): Promise<Result<Listed<Omit<MeterView, 'derivation'>>>> => {
  const seen = role === 'data-controller' ? request : withFilter(request, 'personal', false);
  const page = await store.meters.page(seen.query);
  return ok(listed(request, page.items, page));
};
