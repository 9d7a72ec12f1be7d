import type { SessionCookie } from './served.ts';

/** Brings a file into the stock of a served application as its page does: upload, wait, confirm. */
export const onboard = async (
  { url, cookie }: { readonly url: string; readonly cookie: SessionCookie },
  file: { readonly name: string; readonly body: string | Uint8Array<ArrayBuffer>; readonly id: string },
): Promise<void> => {
  const headers = { cookie: `${cookie.name}=${cookie.value}` };
  const call = async (
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    json = false,
  ) => {
    const response = await fetch(`${url}v1/${path}`, {
      method,
      headers: { ...headers, ...(json ? { 'content-type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as { id: string; state: string };
  };
  let draft = await call('POST', `onboarding?name=${encodeURIComponent(file.name)}`, file.body);
  while (draft.state === 'reading') {
    await new Promise((resolve) => setTimeout(resolve, 100));
    draft = await call('GET', `onboarding/${draft.id}`);
  }
  const chosen = JSON.stringify({ by: 'A. Martin', id: file.id, name: file.id });
  await call('POST', `onboarding/${draft.id}/confirm`, chosen, true);
};

/** A session of another person, in a role. */
export const sessionAs = async (
  { url, cookie }: { readonly url: string; readonly cookie: SessionCookie },
  person: string,
  role: string,
): Promise<SessionCookie> => {
  const made = await fetch(`${url}v1/people`, {
    method: 'POST',
    headers: { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json' },
    body: JSON.stringify({ person, role }),
  });
  const { link } = (await made.json()) as { link: string };
  const entered = await fetch(new URL(link, url), { redirect: 'manual' });
  const [name = '', value = ''] = entered.headers.get('set-cookie')?.split(';')[0]?.split('=') ?? [];
  return { name, value, url };
};
