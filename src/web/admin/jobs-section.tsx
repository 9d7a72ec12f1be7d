import { useEffect, useState } from 'preact/hooks';
import type { Caller, Job } from '../../client/names.ts';
import { useSteadyResource } from '../client.ts';
import { formatPercent } from '../format.ts';
import { useLanguage, useText } from '../i18n.ts';
import { Pending } from '../pending.tsx';
import { send } from '../send.ts';
import { DoButton, SureButton } from './parts.tsx';
import { ScrolledTable } from '../scroll.tsx';
import { formatInstant, jobText, orItself, stateText } from './words.ts';

const LOOK_MS = 3000;
const isActive = ({ state }: Job): boolean => state === 'waiting' || state === 'running';

/** Work in the queue: how far, stopped, tried again; looked at anew while any of it goes on. */
export const JobsSection = ({ caller }: { readonly caller: Caller }) => {
  const t = useText();
  const language = useLanguage();
  const [state, setState] = useState<Job['state'] | ''>('');
  const jobs = useSteadyResource('GET /v1/jobs', {
    query: { limit: 30, ...(state === '' ? {} : { state }) },
  });
  const active = jobs.state === 'ready' && jobs.value.some(isActive);
  const may = caller.permissions.includes('work');
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(jobs.retry, LOOK_MS);
    return () => clearTimeout(timer);
  });
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">{t({ fr: 'Travaux en file', en: 'Queued work' })}</h2>
      <label class="labelled narrow print-hidden">
        {t({ fr: 'Montrer', en: 'Show' })}
        <select
          class="field"
          value={state}
          onChange={(event) => setState(event.currentTarget.value as Job['state'] | '')}
        >
          <option value="">{t({ fr: 'tout', en: 'all' })}</option>
          {['waiting', 'running', 'done', 'failed', 'cancelled'].map((one) => (
            <option key={one} value={one}>
              {t(orItself(stateText, one))}
            </option>
          ))}
        </select>
      </label>
      <Pending loaded={jobs}>
        {(list) =>
          list.length === 0 ? (
            <p>
              {t({
                fr: 'Rien en file. Un programme, un rapport du parc ou un réapprentissage y passent quand ils durent.',
                en: 'Nothing queued. A programme, a report of the stock or a retraining comes here when it lasts.',
              })}
            </p>
          ) : (
            <ScrolledTable
              name={{ fr: 'Les trente derniers', en: 'The last thirty' }}
              columns={[
                { fr: 'Travail', en: 'Work' },
                { fr: 'État', en: 'State' },
                { fr: 'Demandé', en: 'Asked' },
                { fr: 'Agir', en: 'Act' },
              ]}
            >
              {list.map((job) => {
                const name = `${t(orItself(jobText, job.kind))} ${job.id}`;
                return (
                  <tr key={job.id}>
                    <th scope="row">{name}</th>
                    <td>
                      {t(orItself(stateText, job.state))}
                      {job.state === 'running' && (
                        <>
                          {' '}
                          <progress max="1" value={job.progress} aria-label={name} />{' '}
                          {formatPercent(job.progress, language)}
                          {job.step !== null && ` · ${t(job.step)}`}
                        </>
                      )}
                      {job.notice !== null && <span class="doubt">{t(job.notice.message)}</span>}
                      {job.failure !== null && <span class="doubt">{t(job.failure.message)}</span>}
                    </td>
                    <td>
                      {formatInstant(job.createdAt, language)}
                      {job.createdBy !== null && ` · ${job.createdBy}`}
                    </td>
                    <td>
                      {may && isActive(job) && (
                        <SureButton
                          label={{ fr: 'Arrêter', en: 'Stop' }}
                          about={name}
                          question={{
                            fr: 'Arrêter ? Rien n’en est gardé.',
                            en: 'Stop? Nothing of it is kept.',
                          }}
                          act={() => send('POST /v1/jobs/{id}/cancellation', { path: { id: job.id } })}
                          onDone={jobs.retry}
                        />
                      )}
                      {may && (job.state === 'failed' || job.state === 'cancelled') && (
                        <DoButton
                          label={{ fr: 'Refaire', en: 'Try again' }}
                          about={name}
                          act={() => send('POST /v1/jobs/{id}/retry', { path: { id: job.id } })}
                          onDone={jobs.retry}
                        />
                      )}
                      {job.state === 'done' && job.kind === 'stock-report' && (
                        <a class="file" href={`v1/jobs/${job.id}/file`} download="">
                          xlsx<span class="hidden"> {name}</span>
                        </a>
                      )}
                    </td>
                  </tr>
                );
              })}
            </ScrolledTable>
          )
        }
      </Pending>
    </section>
  );
};
