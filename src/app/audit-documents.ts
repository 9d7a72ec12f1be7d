import { allBuildings } from './every-building.ts';
import { writeHtml } from '#formats/html/index.ts';
import { writePdf } from '#formats/pdf/index.ts';
import { writeXlsx, type XlsxCell } from '#formats/xlsx/index.ts';
import { type Language, message } from '../core/message.ts';
import type { Progress } from './progress.ts';
import type { Quantity } from '../core/quantity.ts';
import { ok, type Result } from '../core/result.ts';
import { auditBuilding, bestOption } from './audit.ts';
import { auditBlocks } from './audit-blocks.ts';
import { chancesTold } from './audit-words.ts';
import type { auditFormats } from './audit-views.ts';
import type { AppContext } from './context.ts';
import { dayTold } from './day-told.ts';
import { lawCalendar } from './law-calendar.ts';
import { lawSheet } from './law-report.ts';
import type { Download } from './export-building.ts';

type AuditFormat = (typeof auditFormats)[number];

/** The standard audit of a building as a file to hand over. Fails as `auditBuilding` does. */
export const auditDocument = async (
  context: AppContext,
  id: string,
  format: AuditFormat,
  language: Language,
): Promise<Result<Download>> => {
  const audit = await auditBuilding(context, id);
  if (!audit.ok) return audit;
  const name = `audit-${id}.${format}`;
  if (format === 'json')
    return ok({ type: 'application/json', name, body: `${JSON.stringify(audit.value, null, 2)}\n` });
  const { building, day, version } = audit.value;
  const title = language === 'fr' ? `Audit : ${building.name.fr}` : `Audit: ${building.name.en}`;
  const content = {
    title,
    language,
    createdMs: context.nowMs(),
    footer: `Stacoptim ${version} · ${title} · ${dayTold(day, language)}`,
    blocks: auditBlocks(audit.value, language),
  };
  if (format === 'html') return ok({ type: 'text/html', name, body: writeHtml(content) });
  return ok({ type: 'application/pdf', name, body: await writePdf(content) });
};

const three = (quantity: Quantity | null | undefined): XlsxCell[] =>
  quantity ? [quantity.value, quantity.low, quantity.high] : [null, null, null];

const withBounds = (title: string, language: Language): string[] => [
  title,
  ...(language === 'fr' ? ['bas (90 %)', 'haut (90 %)'] : ['low (90 %)', 'high (90 %)']).map(
    (bound) => `${title}, ${bound}`,
  ),
];

/**
 * The audits of the whole stock, one row a building, as a spreadsheet; a building that cannot be audited says why in
 * its row. Never fails.
 */
export const stockAuditSheet = async (
  context: AppContext,
  language: Language,
  { onProgress, signal }: { readonly onProgress?: Progress; readonly signal?: AbortSignal } = {},
): Promise<Result<Download & { readonly buildings: number }>> => {
  const t = (fr: string, en: string): string => (language === 'fr' ? fr : en);
  const head = [
    t('Bâtiment', 'Building'),
    t('Nom', 'Name'),
    t('Données', 'Data'),
    t('Usage', 'Use'),
    t('Commune', 'Town'),
    t('Année', 'Year'),
    ...withBounds(t('Surface (m²)', 'Floor area (m²)'), language),
    ...withBounds(t('Consommation (kWh/an)', 'Use (kWh/yr)'), language),
    ...withBounds(t('Déperditions (W/K)', 'Heat loss (W/K)'), language),
    t('Étiquette (estimation, pas un DPE)', 'Label (an estimate, not a DPE)'),
    t('Loi', 'Law'),
    t('Plan recommandé', 'Recommended plan'),
    ...withBounds(t('Économie (kWh/an)', 'Saving (kWh/yr)'), language),
    ...withBounds(t('Coût (€ HT)', 'Cost (€ before tax)'), language),
    ...withBounds(t('CO₂ évité (kg/an)', 'CO₂ avoided (kg/yr)'), language),
    t('Étiquette après', 'Label after'),
    t('Réserves', 'Reserves'),
  ];
  const rows: XlsxCell[][] = [];
  const buildings = await allBuildings(context.store);
  for (const [index, { id, name }] of buildings.entries()) {
    signal?.throwIfAborted();
    onProgress?.(index, buildings.length, message('auditer les bâtiments', 'audit the buildings'));
    const audit = await auditBuilding(context, id);
    if (!audit.ok) {
      const blank = Array.from({ length: head.length - 3 }, () => null);
      rows.push([id, name[language], ...blank, audit.error.message[language]]);
      continue;
    }
    const { building, law, comparison, recommended, unverified } = audit.value;
    const best = bestOption(comparison);
    rows.push([
      id,
      name[language],
      building.data === 'simulated' ? t('simulées', 'simulated') : t('relevées', 'metered'),
      building.use,
      building.commune,
      building.constructionYear,
      ...three(building.floorAreaM2),
      ...three(building.annualKwh),
      ...three(building.heatLossWK),
      building.dpeLabel === undefined ? null : chancesTold(building.dpeLabel),
      law.map(({ sentence }) => sentence[language]).join(' '),
      best === undefined
        ? null
        : `${recommended?.option === null ? t('aucune n’est rentable ; au plus près : ', 'none is worth its cost; the nearest: ') : ''}${best.measures.map((one) => one.name[language]).join(' + ')}`,
      ...three(best?.savingKwh),
      ...three(best?.costEur),
      ...three(best?.carbonKgYear),
      best?.dpeLabel === undefined ? null : chancesTold(best.dpeLabel),
      unverified.map((one) => one[language]).join(' '),
    ]);
  }
  const law = await lawCalendar(context, {});
  if (!law.ok) return law;
  return ok({
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    name: 'audit-parc.xlsx',
    body: writeXlsx([{ name: t('Parc', 'Stock'), rows: [head, ...rows] }, lawSheet(law.value, language)]),
    buildings: rows.length,
  });
};
