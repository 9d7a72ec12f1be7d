import { useState } from 'preact/hooks';
import type { BuildingSummary, Programme, Quantity, Stock } from '../api/contract.ts';
import { useResource } from './client.ts';
import { Figure } from './figure.tsx';
import { formatNumber, formatQuantity } from './format.ts';
import { type Text, useLanguage, useText, useTextOf, words } from './i18n.ts';
import { Pending } from './pending.tsx';
import { ProgrammeSection } from './programme/programme-section.tsx';
import { addHref, buildingHref, rankingHref } from './router.ts';
import { ordered, type SortKey } from './stock-order.ts';

export const StockPage = () => {
  const stock = useResource<Stock>('v1/stock');
  const programme = useResource<Programme>('v1/programmes/latest');
  return (
    <Pending loaded={stock}>
      {(value) =>
        value.buildings.length === 0 ? (
          <EmptyStock />
        ) : (
          <>
            <StockTitle stock={value} programme={programme.state === 'ready' ? programme.value : null} />
            <StockTable buildings={value.buildings} />
            <StockSheetLink />
            <Pending loaded={programme}>{(plan) => <ProgrammeSection programme={plan} />}</Pending>
          </>
        )
      }
    </Pending>
  );
};

const StockSheetLink = () => {
  const t = useText();
  const language = useLanguage();
  return (
    <p class="print-hidden">
      <a href={rankingHref}>
        {t({ fr: 'Par quels bâtiments commencer', en: 'Which buildings to start with' })}
      </a>{' '}
      <a class="file" href={`v1/stock/report?lang=${language}`} download="">
        {t({ fr: 'Audit de tout le parc (xlsx)', en: 'Audit of the whole stock (xlsx)' })}
      </a>
    </p>
  );
};

const EmptyStock = () => {
  const t = useText();
  return (
    <>
      <h1>{t({ fr: 'Aucun bâtiment encore.', en: 'No building yet.' })}</h1>
      <p>
        <a href={addHref()}>{t(words.add)}</a>
        {t({
          fr: ', ou chargez le parc d’exemple avec « npm run demo », puis rechargez cette page.',
          en: ', or load the sample stock with “npm run demo”, then reload this page.',
        })}
      </p>
    </>
  );
};

const StockTitle = ({
  stock,
  programme,
}: {
  readonly stock: Stock;
  readonly programme: Programme | null;
}) => {
  const t = useText();
  const language = useLanguage();
  const count = stock.buildings.length;
  const known = stock.buildings.filter(({ annualKwh }) => annualKwh !== null).length;
  const of =
    known === count || known === 0 ? { fr: '', en: '' } : { fr: ` sur ${count}`, en: ` of ${count}` };
  const told = known === 0 ? count : known;
  const total = stock.totalKwh === null ? null : formatQuantity(stock.totalKwh, language);
  const plan =
    programme === null
      ? { fr: '', en: '' }
      : {
          fr: `\u00a0; le programme proposé en économiserait ${formatQuantity(programme.savingPercent, 'fr')}`,
          en: `; the proposed programme would save ${formatQuantity(programme.savingPercent, 'en')}`,
        };
  return (
    <>
      <h1>
        {t({
          fr: `${told} ${told < 2 ? 'bâtiment' : 'bâtiments'}${of.fr}${total === null ? '' : ` ${told < 2 ? 'prend' : 'prennent'} ${total} par an`}${plan.fr}.`,
          en: `${told}${of.en} ${count === 1 ? 'building' : 'buildings'}${total === null ? '' : ` ${told === 1 ? 'takes' : 'take'} ${total} a year`}${plan.en}.`,
        })}
      </h1>
      {stock.data === 'simulated' && <p class="notice">{t(words.simulated)}</p>}
    </>
  );
};

type Column = {
  readonly id: string;
  readonly label: Text;
  readonly key: (one: BuildingSummary) => SortKey;
  readonly cell: (one: BuildingSummary) => preact.ComponentChildren;
  readonly number?: boolean;
};

const quantityColumn = (
  id: string,
  label: Text,
  pick: (one: BuildingSummary) => Quantity | null,
  interval: boolean,
): Column => ({
  id,
  label,
  number: true,
  key: (one) => pick(one)?.value ?? null,
  cell: (one) => <Figure label={label} quantity={pick(one)} interval={interval} />,
});

const FitCell = ({ one }: { readonly one: BuildingSummary }) => {
  const t = useText();
  const language = useLanguage();
  if (one.fit === null) return <span class="not-evaluated">{t(words.notEvaluated)}</span>;
  return (
    <>
      CV {formatNumber(one.fit.cvRmse, language)} %
      {!one.fit.usable && (
        <small class="doubt">
          {' '}
          {t({ fr: 'la température explique peu', en: 'temperature explains little' })}
        </small>
      )}
    </>
  );
};

const useColumns = (): readonly Column[] => {
  const t = useText();
  return [
    {
      id: 'name',
      label: words.building,
      key: (one) => t(one.name),
      cell: (one) => <a href={buildingHref(one.id)}>{t(one.name)}</a>,
    },
    {
      id: 'use',
      label: words.use,
      key: (one) => one.use,
      cell: (one) => t(useTextOf[one.use] ?? { fr: one.use, en: one.use }),
    },
    {
      id: 'year',
      label: words.year,
      number: true,
      key: (one) => one.constructionYear,
      cell: (one) => one.constructionYear ?? '—',
    },
    quantityColumn('area', words.area, (one) => one.floorAreaM2, false),
    quantityColumn('consumption', words.consumption, (one) => one.annualKwh, true),
    quantityColumn('intensity', words.intensity, (one) => one.intensityKwhM2, false),
    quantityColumn('loss', words.heatLoss, (one) => one.heatLossWK, false),
    {
      id: 'fit',
      label: words.fit,
      number: true,
      key: (one) => one.fit?.cvRmse ?? null,
      cell: (one) => <FitCell one={one} />,
    },
    quantityColumn('savings', words.savings, (one) => one.savingsPercent, true),
  ];
};

type Order = { readonly column: string; readonly descending: boolean };

const StockTable = ({ buildings }: { readonly buildings: readonly BuildingSummary[] }) => {
  const t = useText();
  const columns = useColumns();
  const [order, setOrder] = useState<Order>({ column: 'consumption', descending: true });
  const key = columns.find((column) => column.id === order.column)?.key ?? (() => null);
  const sorted = ordered(buildings, key, order.descending);
  const sortBy = (column: string): void =>
    setOrder({ column, descending: order.column === column && !order.descending });
  return (
    <div class="scroll">
      <table class="stock">
        <caption class="hidden">{t(words.stock)}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const active = order.column === column.id;
              return (
                <th
                  key={column.id}
                  scope="col"
                  class={column.number === true ? 'number' : ''}
                  aria-sort={active ? (order.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <button type="button" class="sort" onClick={() => sortBy(column.id)}>
                    {t(column.label)}
                    {active ? (order.descending ? ' ↓' : ' ↑') : ''}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((one) => (
            <tr key={one.id}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.id} scope="row">
                    {column.cell(one)}
                  </th>
                ) : (
                  <td key={column.id} class={column.number === true ? 'number' : ''}>
                    {column.cell(one)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
