import { useState } from 'preact/hooks';
import type { WorksRecord } from '../../client/names.ts';
import { Folded } from '../folded.tsx';
import { type Text, useText } from '../i18n.ts';
import { send } from '../send.ts';
import { SignedForm } from '../signed-form.tsx';

export type Scope = NonNullable<WorksRecord['scope']>;

const scopes: readonly (readonly [Scope, Text])[] = [
  [
    'auto',
    {
      fr: 'à voir d’après les relevés',
      en: 'to be seen from the readings',
    },
  ],
  ['heating', { fr: 'le chauffage seul', en: 'the heating alone' }],
  ['whole', { fr: 'toute la consommation', en: 'the whole consumption' }],
];

/** What works aimed at: which part of the consumption their saving is looked for in. */
export const ScopeField = ({
  value,
  onChange,
}: {
  readonly value: Scope;
  readonly onChange: (scope: Scope) => void;
}) => {
  const t = useText();
  return (
    <label class="labelled">
      {t({ fr: 'Ce que les travaux visaient', en: 'What the works aimed at' })}
      <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value as Scope)}>
        {scopes.map(([scope, name]) => (
          <option key={scope} value={scope}>
            {t(name)}
          </option>
        ))}
      </select>
    </label>
  );
};

/** A person says what works aimed at after they were declared; their saving is measured anew, and the audit log says who. */
export const WorksScope = ({
  works,
  onChange,
}: {
  readonly works: WorksRecord;
  readonly onChange: () => void;
}) => {
  const t = useText();
  const kept = works.scope ?? 'auto';
  const [scope, setScope] = useState<Scope>(kept);
  const [done, setDone] = useState(false);
  const name = scopes.find(([one]) => one === kept)?.[1] ?? { fr: kept, en: kept };
  return (
    <div class="print-hidden">
      <Folded summary={t({ fr: `Les travaux visaient : ${name.fr}`, en: `The works aimed at: ${name.en}` })}>
        {() => (
          <>
            <SignedForm
              action={{ fr: 'Mesurer ainsi', en: 'Measure it so' }}
              send={(reason) => {
                setDone(false);
                return send('PATCH /v1/buildings/{id}/works/{works}', {
                  path: { id: works.buildingId, works: works.id },
                  body: { scope, reason },
                });
              }}
              onDone={() => {
                setDone(true);
                onChange();
              }}
            >
              <ScopeField value={scope} onChange={setScope} />
            </SignedForm>
            <p role="status">
              {done &&
                t({
                  fr: 'Gardé : l’économie ci-dessus est mesurée ainsi.',
                  en: 'Kept: the saving above is measured so.',
                })}
            </p>
          </>
        )}
      </Folded>
    </div>
  );
};
