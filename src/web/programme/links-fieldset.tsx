import { useResource } from '../client.ts';
import { type Text, useText } from '../i18n.ts';
import type { BuildingLink, GroupShare, ProgrammeDraft } from './request.ts';

type Named = { readonly id: string; readonly name: Text; readonly commune: string | null };

type LinksProps = {
  readonly draft: ProgrammeDraft;
  readonly change: (part: Partial<ProgrammeDraft>) => void;
};

const relations: readonly (readonly [BuildingLink['relation'], Text])[] = [
  ['together', { fr: 'la même année que', en: 'the same year as' }],
  ['after', { fr: 'pas avant', en: 'not before' }],
];

const replaced = <T,>(all: readonly T[], index: number, one: T): T[] =>
  all.map((own, at) => (at === index ? one : own));

const without = <T,>(all: readonly T[], index: number): T[] => all.filter((_, at) => at !== index);

/** Works that go together or one after the other, and the least share of each commune. */
export const LinksFieldset = ({ draft, change }: LinksProps) => {
  const t = useText();
  const listed = useResource('GET /v1/buildings');
  const buildings = listed.state === 'ready' ? listed.value : [];
  const communes = [
    ...new Set(buildings.flatMap(({ commune }) => (commune === null ? [] : [commune]))),
  ].toSorted();
  const { links, shares } = draft;
  return (
    <fieldset class="budgets">
      <legend>{t({ fr: 'Travaux liés, parts des communes', en: 'Linked works, shares of communes' })}</legend>
      {links.map((link, index) => (
        // Lines of a form have no identity but their place.
        <div class="grid-form" key={`link${String(index)}`}>
          <BuildingChoice
            label={{ fr: 'Les travaux de', en: 'The works of' }}
            buildings={buildings}
            value={link.building}
            onChange={(building) => change({ links: replaced(links, index, { ...link, building }) })}
          />
          <label class="labelled">
            {t({ fr: 'ont lieu', en: 'are done' })}
            <select
              class="field"
              value={link.relation}
              onChange={(event) =>
                change({
                  links: replaced(links, index, {
                    ...link,
                    relation: event.currentTarget.value === 'after' ? 'after' : 'together',
                  }),
                })
              }
            >
              {relations.map(([value, name]) => (
                <option key={value} value={value}>
                  {t(name)}
                </option>
              ))}
            </select>
          </label>
          <BuildingChoice
            label={{ fr: 'ceux de', en: 'those of' }}
            buildings={buildings}
            value={link.other}
            onChange={(other) => change({ links: replaced(links, index, { ...link, other }) })}
          />
          <button type="button" class="plain" onClick={() => change({ links: without(links, index) })}>
            {t({ fr: 'Retirer ce lien', en: 'Remove this link' })}
          </button>
        </div>
      ))}
      {shares.map((share, index) => (
        <Share
          key={`share${String(index)}`}
          share={share}
          communes={communes}
          onChange={(one) => change({ shares: replaced(shares, index, one) })}
          onRemove={() => change({ shares: without(shares, index) })}
        />
      ))}
      <p class="actions">
        <button
          type="button"
          class="plain"
          disabled={buildings.length < 2}
          onClick={() =>
            change({
              links: [
                ...links,
                { building: buildings[0]?.id ?? '', relation: 'together', other: buildings[1]?.id ?? '' },
              ],
            })
          }
        >
          {t({ fr: 'Lier deux bâtiments', en: 'Link two buildings' })}
        </button>
        <button
          type="button"
          class="plain"
          disabled={communes.length === 0}
          onClick={() => change({ shares: [...shares, { group: communes[0] ?? '', percent: '' }] })}
        >
          {t({ fr: 'Réserver une part à une commune', en: 'Keep a share for a commune' })}
        </button>
      </p>
    </fieldset>
  );
};

const BuildingChoice = ({
  label,
  buildings,
  value,
  onChange,
}: {
  readonly label: Text;
  readonly buildings: readonly Named[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) => {
  const t = useText();
  return (
    <label class="labelled">
      {t(label)}
      <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {buildings.map(({ id, name }) => (
          <option key={id} value={id}>
            {t(name)}
          </option>
        ))}
      </select>
    </label>
  );
};

const Share = ({
  share,
  communes,
  onChange,
  onRemove,
}: {
  readonly share: GroupShare;
  readonly communes: readonly string[];
  readonly onChange: (share: GroupShare) => void;
  readonly onRemove: () => void;
}) => {
  const t = useText();
  return (
    <div class="grid-form">
      <label class="labelled">
        {t({ fr: 'Commune', en: 'Commune' })}
        <select
          class="field"
          value={share.group}
          onChange={(event) => onChange({ ...share, group: event.currentTarget.value })}
        >
          {communes.map((commune) => (
            <option key={commune} value={commune}>
              {commune}
            </option>
          ))}
        </select>
      </label>
      <label class="labelled">
        {t({ fr: 'Part de l’argent au moins, %', en: 'Share of the money at least, %' })}
        <input
          class="field"
          type="text"
          inputMode="decimal"
          value={share.percent}
          onInput={(event) => onChange({ ...share, percent: event.currentTarget.value })}
        />
      </label>
      <button type="button" class="plain" onClick={onRemove}>
        {t({ fr: 'Retirer cette part', en: 'Remove this share' })}
      </button>
    </div>
  );
};
