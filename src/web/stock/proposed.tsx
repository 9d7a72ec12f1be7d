import { useEffect, useState } from 'preact/hooks';
import type { ProgrammeSummary } from '../../client/names.ts';
import { useResource } from '../client.ts';
import { Folded } from '../folded.tsx';
import { useText, words } from '../i18n.ts';
import { Lazy } from '../lazy.tsx';
import { Pending } from '../pending.tsx';
import { send } from '../send.ts';

/** The newest programme in short; null while there is none, or none yet. */
export const useNewestProgramme = (): ProgrammeSummary | null => {
  const [newest, setNewest] = useState<ProgrammeSummary | null>(null);
  useEffect(() => {
    let gone = false;
    void send('GET /v1/programmes', { query: { limit: 1 } }).then((found) => {
      if (!gone && found.ok) setNewest(found.value[0] ?? null);
    });
    return () => {
      gone = true;
    };
  }, []);
  return newest;
};

const loadSection = async () => (await import('../programme/programme-section.tsx')).ProgrammeSection;

const Latest = () => {
  const programme = useResource('GET /v1/programmes/latest');
  return <Pending loaded={programme}>{(value) => <Lazy load={loadSection} programme={value} />}</Pending>;
};

/** The proposed programme, read when it is opened. */
export const Proposed = () => {
  const t = useText();
  return (
    <Folded summary={t(words.programme)} kind="programme">
      {() => <Latest />}
    </Folded>
  );
};
