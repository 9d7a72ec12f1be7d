import { z } from 'zod';
import { message, type Warning, warning } from '#core/message.ts';
import { failure, ok, type Result } from '#core/result.ts';
import { type Readings, readingFlag } from '#core/series.ts';
import { openZone } from '#core/timezone.ts';
import { openText } from '../csv/index.ts';
import { assemble, type StatedReading } from '../readings/assemble.ts';
import { instantsOf } from '../readings/instants.ts';
import { openJson } from '../readings/open-json.ts';
import { countEn, countFr } from '../../core/wording.ts';
import { tellRows, type ToldRow } from '../readings-csv/tell.ts';
import type { ReadingsFormat, ReadingsOptions } from '../readings/types.ts';

const HOUR_MS = 3_600_000;
/** The gas day runs from 06:00 to 06:00 local time. */
const gasDayStart = 6 * HOUR_MS;

const figure = z.union([z.number(), z.string().transform(Number)]).nullish();
const text = z.string().nullish();

const recordSchema = z.object({
  pce: z.object({ id_pce: z.union([z.string(), z.number().transform(String)]) }),
  consommation: z
    .object({
      date_debut_consommation: z.string(),
      date_fin_consommation: z.string(),
      energie: figure,
      volume_brut: figure,
      volume_converti: figure,
      coeff_calcul: z.object({ coeff_conversion: figure }).nullish(),
      type_qualif_conso: text,
      statut_conso: text,
    })
    .nullish(),
});
type GasRecord = z.infer<typeof recordSchema>;

/** Lines of NDJSON, or the elements of one JSON array, each with the number of its line (from 1). */
const recordsOf = (
  name: string,
  bytes: Uint8Array,
  maxBytes: number | undefined,
): Result<{ readonly line: number; readonly value: unknown }[]> => {
  const opened = openText(name, bytes, maxBytes);
  if (!opened.ok) return opened;
  const content = new TextDecoder(opened.value.encoding).decode(opened.value.bytes);
  if (content.trimStart().startsWith('[')) {
    const json = openJson(name, bytes, maxBytes);
    if (!json.ok) return json;
    return ok((json.value as unknown[]).map((value, index) => ({ line: index + 1, value })));
  }
  const whole = parsed(content);
  if (whole !== undefined) return ok([{ line: 1, value: whole }]);
  return ok(
    content
      .split('\n')
      .map((one, index) => ({ line: index + 1, value: one.trim() }))
      .filter(({ value }) => value !== '')
      .map(({ line, value }) => ({ line, value: parsed(value) })),
  );
};

const parsed = (content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
};

const estimated = /estim|absence|provisoire/i;

/** kWh of a record: its energy, else its volume with the factor it brings. */
const energyOf = (use: NonNullable<GasRecord['consommation']>): number => {
  if (typeof use.energie === 'number' && Number.isFinite(use.energie)) return use.energie;
  const volume = use.volume_converti ?? use.volume_brut;
  const factor = use.coeff_calcul?.coeff_conversion;
  return typeof volume === 'number' && typeof factor === 'number' ? volume * factor : Number.NaN;
};

const read = (name: string, bytes: Uint8Array, options: ReadingsOptions): Result<readonly Readings[]> => {
  const zone = openZone(options.timezone ?? 'Europe/Paris');
  if (!zone.ok) return zone;
  const lines = recordsOf(name, bytes, options.maxBytes);
  if (!lines.ok) return lines;
  const byMeter = new Map<string, { line: number; use: NonNullable<GasRecord['consommation']> }[]>();
  const bad: number[] = [];
  for (const { line, value } of lines.value) {
    const record = recordSchema.safeParse(value);
    if (!record.success) bad.push(line);
    else if (record.data.consommation !== null && record.data.consommation !== undefined) {
      const id = record.data.pce.id_pce;
      const uses = byMeter.get(id) ?? [];
      uses.push({ line, use: record.data.consommation });
      byMeter.set(id, uses);
    }
  }
  const warnings: Warning[] = [
    warning(
      'gas-pcs',
      'L’énergie de GRDF est en kWh PCS ; divisez par 1,11 pour des kWh PCI.',
      'The energy of GRDF is in kWh of higher heating value (PCS); divide by 1.11 for lower (PCI).',
      { place: { file: name } },
    ),
  ];
  if (bad.length > 0)
    warnings.push(
      ...tellRows(
        name,
        bad.map((line) => ({
          code: 'bad-row',
          line,
          fr: 'elle n’a pas la forme d’une consommation GRDF ; laissée de côté.',
          en: 'it has not the layout of a GRDF consumption; left out.',
        })),
        bad.length,
      ),
    );
  const made: Readings[] = [];
  for (const [meterId, uses] of byMeter) {
    const starts = instantsOf(
      uses.map(({ use }) => use.date_debut_consommation),
      zone.value,
    );
    const ends = instantsOf(
      uses.map(({ use }) => use.date_fin_consommation),
      zone.value,
    );
    const readings: StatedReading[] = [];
    const undated: ToldRow[] = [];
    for (const [index, { line, use }] of uses.entries()) {
      const startMs = starts.instantMs[index] + (starts.dateOnly[index] === 1 ? gasDayStart : 0);
      const endMs = ends.instantMs[index] + (ends.dateOnly[index] === 1 ? gasDayStart : 0);
      if (Number.isNaN(startMs) || Number.isNaN(endMs)) {
        undated.push({
          code: 'bad-date',
          line,
          fr: 'ses dates ne sont pas comprises ; laissée de côté.',
          en: 'its dates are not understood; left out.',
        });
        continue;
      }
      const isEstimate = estimated.test(`${use.type_qualif_conso ?? ''} ${use.statut_conso ?? ''}`);
      readings.push({ startMs, endMs, kwh: energyOf(use), flags: isEstimate ? readingFlag.estimated : 0 });
    }
    const one = assemble({
      name,
      timezone: zone.value.name,
      source: { format: 'grdf-adict', meterId, carrier: 'gas' },
      readings,
      rowsRead: uses.length + bad.length,
      rowsRejected: undated.length + bad.length,
      warnings: [...warnings, ...tellRows(name, undated, undated.length)],
    });
    if (one.ok) made.push(one.value);
    else if (byMeter.size === 1) return one;
  }
  return made.length > 0
    ? ok(made)
    : failure(
        'readings-none',
        `Aucune consommation dans « ${name} » (${countFr(lines.value.length, 'ligne', 'lignes')}, ${countFr(bad.length, 'illisible', 'illisibles')}).`,
        `No consumption in “${name}” (${countEn(lines.value.length, 'line', 'lines')}, ${bad.length} not understood).`,
        { file: name, ...(bad.length > 0 ? { line: bad[0] } : {}) },
      );
};

/**
 * GRDF ADICT answers (`donnees_consos_publiees`, `donnees_consos_informatives`): one JSON record a line. kWh of higher
 * heating value; gas days from 06:00 to 06:00. Layout: DOMAIN 7.2, verified on a public connector's tests; the words
 * that mark an estimate were not.
 */
export const grdfAdict: ReadingsFormat = {
  id: 'grdf-adict',
  title: message('consommations GRDF ADICT', 'GRDF ADICT consumptions'),
  detect: ({ head }) =>
    /^\s*[{[]/.test(head) && /"id_pce"/.test(head) && /"(consommation|releve_debut|periode)"/.test(head),
  read,
};
