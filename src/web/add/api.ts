import type { CertificateAnswers, Confirmed, Draft } from '../../client/names.ts';
import { failed, type Outcome, send } from '../send.ts';

/** Answers as they are sent: a tree of keys that a question's path leads into. */
export type Answers = { readonly [key: string]: unknown };

export const loadDraft = (id: string): Promise<Outcome<Draft>> =>
  send('GET /v1/onboarding/{id}', { path: { id } });

export const sendAnswers = (id: string, answers: Answers): Promise<Outcome<Draft>> =>
  send('PUT /v1/onboarding/{id}/answers', { path: { id }, body: answers });

export const cancelDraft = (id: string): Promise<Outcome<unknown>> =>
  send('DELETE /v1/onboarding/{id}', { path: { id } });

export const confirmDraft = (
  id: string,
  chosen: { readonly name?: string; readonly id?: string; readonly by: string },
): Promise<Outcome<Confirmed>> => send('POST /v1/onboarding/{id}/confirm', { path: { id }, body: chosen });

/** What a certificate would answer of a building; nothing is kept of it. */
export const readCertificate = (id: string, file: File): Promise<Outcome<CertificateAnswers>> =>
  send('POST /v1/buildings/{id}/certificate', { path: { id }, query: { name: file.name }, body: file });

/** Sends the file as it is; `progress` hears the share that has left, 0 to 1. */
export const upload = (
  file: Blob,
  name: string,
  progress: (share: number) => void,
): { readonly done: Promise<Outcome<Draft>>; readonly abort: () => void } => {
  const request = new XMLHttpRequest();
  const done = new Promise<Outcome<Draft>>((resolve) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    const ended = (): void => {
      const body = request.response as unknown;
      resolve(request.status === 202 ? { ok: true, value: body as Draft } : failed(body));
    };
    for (const kind of ['load', 'error', 'abort'] as const) request.addEventListener(kind, ended);
    request.open('POST', `v1/onboarding?name=${encodeURIComponent(name)}`);
    request.responseType = 'json';
    request.send(file);
  });
  return { done, abort: () => request.abort() };
};

/** The tree with a value at the path, or without it; branches left empty go too, so that no answer leaves a trace. */
export const withAnswer = (answers: Answers, path: readonly string[], value: unknown): Answers => {
  const [key, ...rest] = path;
  if (key === undefined) return answers;
  const { [key]: old, ...others } = answers;
  const inner = rest.length === 0 ? value : withAnswer((old as Answers | undefined) ?? {}, rest, value);
  const empty = inner === undefined || (rest.length > 0 && Object.keys(inner as object).length === 0);
  return empty ? others : { ...others, [key]: inner };
};

/** Every answer with the path that leads to it. */
export const answersList = (
  answers: Answers,
  before: readonly string[] = [],
): { readonly path: readonly string[]; readonly value: string | number }[] =>
  Object.entries(answers).flatMap(([key, value]) => {
    const path = [...before, key];
    if (typeof value === 'string' || typeof value === 'number') return [{ path, value }];
    return typeof value === 'object' && value !== null ? answersList(value as Answers, path) : [];
  });
