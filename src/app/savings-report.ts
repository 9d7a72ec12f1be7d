import { createHash } from 'node:crypto';
import { formatDay } from '../core/calendar.ts';
import { type Message, message } from '../core/message.ts';
import { failure, ok, type Result } from '../core/result.ts';
import type { AppContext } from './context.ts';
import { listEvents } from './non-routine.ts';
import { stockSavings, yearOfWorks } from './stock-savings.ts';
import type { SavingsReport, SavingsScope, StockSavings } from './stock-savings-views.ts';
import { programVersion } from './version.ts';

const DAY_MS = 86_400_000;

const method: readonly Message[] = [
  message(
    'Option C de l’IPMVP (compteur du bâtiment entier), énergie évitée : ce que le modèle de la référence prédit pour la météo et le calendrier des jours suivis, moins ce que le compteur a relevé ces jours-là.',
    'IPMVP option C (meter of the whole building), avoided energy: what the model of the baseline predicts for the weather and calendar of the days followed, less what the meter read on those days.',
  ),
  message(
    'La référence est l’année qui précède les travaux, ou ce qui en est connu (relevés plus récents, travaux plus anciens) ; ses dates figurent ci-dessous. Elle est gelée avec ses relevés au début des travaux, ou dès leur déclaration si elle vient plus tard, et n’est jamais recalée sur la période qu’elle juge ; l’empreinte de ses données figure ci-dessous.',
    'The baseline is the year before the works, or what is known of it (readings that begin later, earlier works); its days are given below. It is frozen with its readings when the works begin, or as soon as they are declared if that is later, and is never refitted on the period it judges; the hash of its data is given below.',
  ),
  message(
    'Deux lectures. Simple différence, pour l’année civile et les mois : ce que le modèle prédit moins ce qui est relevé, jours sans relevé ou sans température laissés de côté. Niveau qui persiste, pour la première année et le total depuis les travaux d’un compteur de chauffage : la baisse qui se retrouve d’une quinzaine à l’autre, où une baisse hors chauffage n’est créditée que de moitié à deux tiers, faute de savoir si les travaux en sont la cause. Les deux diffèrent ; chaque ligne dit la sienne.',
    'Two readings. Plain difference, for the calendar year and the months: what the model predicts less what is read, days without reading or temperature left out. Level that persists, for the first year and the sum since the works of a heating meter: the fall that is found again from fortnight to fortnight, of which a fall outside heating is credited by a half to two thirds only, since nothing tells whether the works caused it. The two differ; each line says its own.',
  ),
  message(
    'L’économie normalisée par an compare le modèle d’avant et celui d’après les travaux dans une même météo : la moyenne des années connues de la station.',
    'Normalised savings a year compare the model before and the model after the works in the same weather: the mean of the years that the station knows.',
  ),
  message(
    'Chaque chiffre porte son intervalle à 90 % (résidus et leur mémoire, coefficients, dérive d’une année à l’autre). Entre compteurs différents, les écarts s’ajoutent en quadrature, à leur corrélation mesurée près ; pour un même compteur ils s’ajoutent entièrement. Les kWh sont écrits à l’unité pour que les additions se vérifient ; leur précision est celle de leur intervalle.',
    'Each figure has its 90 % interval (residuals and their memory, coefficients, drift from year to year). Between meters, deviations add in quadrature but for their measured correlation; for one meter they add in full. kWh are written to the unit so that sums can be checked; they are as precise as their interval says.',
  ),
  message(
    'Une comparaison avec des bâtiments semblables sans travaux (même famille, même énergie, signature proche avant les travaux, au moins cinq) est donnée à côté, quand il y en a : ce qu’ils ont pris de plus ou de moins que leur propre référence, les mêmes jours, est déduit. Elle ne remplace pas le chiffre et n’entre dans aucune somme.',
    'A comparison with similar buildings without works (same family, same energy, close signature before the works, five at least) is given beside, where there are any: what they took more or less than their own baselines on the same days is taken out. It does not replace the figure and enters no sum.',
  ),
  message(
    'L’option D (simulation calée) n’a servi qu’à la prédiction d’avant travaux ; aucune économie donnée ici n’en vient.',
    'Option D (calibrated simulation) served the prediction before the works alone; no savings given here come from it.',
  ),
];

const outside: readonly Message[] = [
  message(
    'Les euros, le CO₂ et l’énergie primaire : les chiffres sont des kWh d’énergie finale au compteur.',
    'Euros, CO₂ and primary energy: the figures are kWh of final energy at the meter.',
  ),
  message(
    'Le confort et le service rendu : une température intérieure plus basse, ou des locaux moins occupés, peut passer pour une économie si personne ne l’a déclaré.',
    'Comfort and the service given: a lower indoor temperature, or premises less used, can pass for savings if nobody has declared it.',
  ),
  message(
    'Les relevés des logements, qui sont des données personnelles : aucun n’est lu ici.',
    'Readings of dwellings, which are personal data: none is read here.',
  ),
];

/** The year that a report is about when none is asked for: the last with a month measured. */
const yearFor = (savings: StockSavings, asked: number | undefined): Result<number | null> => {
  const known = savings.years.map(({ year }) => year);
  if (asked === undefined) return ok(known.at(-1) ?? null);
  return known.includes(asked)
    ? ok(asked)
    : failure(
        'year-not-measured',
        `Aucune économie mesurée en ${asked}${known.length === 0 ? '.' : ` ; années mesurées : ${known.join(', ')}.`}`,
        `No savings measured in ${asked}${known.length === 0 ? '.' : `; years measured: ${known.join(', ')}.`}`,
        { field: 'year' },
      );
};

/**
 * The yearly report of the savings of a building, a programme or the stock, to be read, checked and signed. Fails as `stockSavings` does, with
 * `year-not-measured`, and with `no-works` where nothing was done or planned.
 */
export const savingsReport = async (
  context: AppContext,
  scope: SavingsScope,
  asked?: number,
): Promise<Result<SavingsReport>> => {
  const found = await stockSavings(context, scope);
  if (!found.ok) return found;
  const savings = found.value;
  if (savings.works.length === 0 && savings.notEvaluated.length === 0)
    return failure(
      'no-works',
      'Aucun travaux déclarés ici : il n’y a pas d’économie dont rendre compte.',
      'No works are declared here: there are no savings to report.',
    );
  const year = yearFor(savings, asked);
  if (!year.ok) return year;
  const events: SavingsReport['events'] = [];
  const reported = new Set(savings.works.map((one) => one.savings.worksId));
  for (const id of new Set(savings.works.map(({ buildingId }) => buildingId))) {
    const own = await listEvents(context, id);
    if (own.ok) events.push(...own.value.filter(({ worksId }) => reported.has(worksId)));
  }
  const total = savings.years.find((one) => one.year === year.value);
  const counted = savings.works.filter((one) => one.leftOut === null && one.savings.allCarriers === null);
  const report: Omit<SavingsReport, 'digest'> = {
    schema: 'stacoptim.savings-report/1',
    day: formatDay(Math.floor(context.nowMs() / DAY_MS)),
    version: programVersion,
    year: year.value,
    works: year.value === null ? [] : counted.flatMap((one) => yearOfWorks(one, year.value ?? 0)),
    total: total ?? null,
    savings,
    events,
    method: [...method],
    outside: [...outside],
  };
  return ok({ ...report, digest: createHash('sha256').update(JSON.stringify(report)).digest('hex') });
};
